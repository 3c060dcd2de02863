package dev.shopbell.platform.web;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Borne by every endpoint whose answer holds a secret, such as a token, a link or codes: it lies
 * nowhere in clear, so it is not kept for an {@code Idempotency-Key} either. The repeat of such a
 * call does nothing and is told so.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface ShownOnce {
  /** The attribute of a request whose answer it is. */
  String ATTRIBUTE = ShownOnce.class.getName();
}
