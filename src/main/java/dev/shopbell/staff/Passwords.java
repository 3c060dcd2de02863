package dev.shopbell.staff;

import dev.shopbell.platform.web.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.stereotype.Component;

/**
 * Argon2id with Spring Security's defaults (16 MiB, two passes), as OWASP's password storage sheet
 * advises.
 */
@Component
class Passwords {
  private static final int SHORTEST = 10;
  private static final int LONGEST = 200;

  private final Argon2PasswordEncoder encoder =
      Argon2PasswordEncoder.defaultsForSpringSecurity_v5_8();
  private final String nobodys = encoder.encode("nobody has this password");

  /**
   * @throws Problem if the password is too short or too long
   */
  String hash(String field, @Nullable String password) {
    if (password == null || password.length() < SHORTEST || password.length() > LONGEST) {
      throw Problem.invalid(
          field,
          "A password has at least " + SHORTEST + " characters (and at most " + LONGEST + ").");
    }
    return java.util.Objects.requireNonNull(encoder.encode(password));
  }

  /** Takes as long for an address that is nobody's as for a wrong password. */
  boolean matches(String password, @Nullable String hash) {
    boolean same =
        encoder.matches(password.length() > LONGEST ? "" : password, hash == null ? nobodys : hash);
    return same && hash != null;
  }
}
