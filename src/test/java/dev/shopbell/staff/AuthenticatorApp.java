package dev.shopbell.staff;

import java.time.Instant;

/** The app on an agent's phone. */
public final class AuthenticatorApp {
  private AuthenticatorApp() {}

  /**
   * @param stepsAhead of now, as a phone whose clock is ahead would show
   */
  public static String code(String key, int stepsAhead) {
    return Totp.code(key, Totp.step(Instant.now()) + stepsAhead);
  }
}
