package dev.shopbell.platform.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/** A slot, filled by {@code staff}: reads who calls from the cookie or the bearer token. */
public interface Authenticator {
  Optional<Caller> authenticate(HttpServletRequest request);

  /** Whether the credential of a caller, seen earlier, still opens the door. */
  boolean stillHolds(Caller caller);
}
