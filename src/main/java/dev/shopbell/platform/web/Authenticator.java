package dev.shopbell.platform.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/** A slot, filled by {@code staff}: reads who calls from the cookie or the bearer token. */
public interface Authenticator {
  /** The topic on which is told that somebody may do or see more or less than before. */
  String TOPIC = "access";

  Optional<Caller> authenticate(HttpServletRequest request);

  /**
   * A caller, seen earlier, as they are now; empty where their credential opens no door any more.
   */
  Optional<Caller> again(Caller caller);
}
