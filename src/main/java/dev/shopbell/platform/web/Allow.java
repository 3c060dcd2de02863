package dev.shopbell.platform.web;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says who may call an endpoint: a caller with the permission. Every endpoint bears this or one of
 * its two siblings; one that bears none answers nobody.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Allow {
  Permission value();

  /** Whoever is signed in, whatever they may do: for what is their own. */
  @Target(ElementType.METHOD)
  @Retention(RetentionPolicy.RUNTIME)
  @interface SignedIn {
    /** Also those who must first set up how they sign in: for what they need to do so. */
    boolean settingUp() default false;
  }

  /** The whole world: says why. */
  @Target(ElementType.METHOD)
  @Retention(RetentionPolicy.RUNTIME)
  @interface Anyone {
    String because();
  }
}
