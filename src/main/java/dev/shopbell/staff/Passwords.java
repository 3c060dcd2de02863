package dev.shopbell.staff;

import dev.shopbell.platform.web.Problem;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.stereotype.Component;

/**
 * Argon2id with Spring Security's defaults (16 MiB, two passes), as OWASP's password storage sheet
 * advises. No more are worked on at a time than there are processors, so that a flood of sign-ins
 * takes neither all memory nor all of the machine; whoever would wait longer than {@value
 * #LONGEST_WAIT_SECONDS} seconds is asked to come again.
 */
@Component
class Passwords {
  private static final int SHORTEST = 10;
  private static final int LONGEST = 200;

  private static final int LONGEST_WAIT_SECONDS = 5;

  private final Argon2PasswordEncoder encoder =
      Argon2PasswordEncoder.defaultsForSpringSecurity_v5_8();
  private final String nobodys = encoder.encode("nobody has this password");
  private final Semaphore turns =
      new Semaphore(Math.max(2, Runtime.getRuntime().availableProcessors()), true);
  private final Counter checks;

  Passwords(MeterRegistry meters) {
    this.checks =
        Counter.builder("shopbell.password.checks")
            .description("passwords compared, also for addresses that are nobody's")
            .register(meters);
  }

  /**
   * @throws Problem if the password is too short or too long
   */
  String hash(String field, @Nullable String password) {
    if (password == null || password.length() < SHORTEST || password.length() > LONGEST) {
      throw Problem.invalid(
          field,
          "A password has at least " + SHORTEST + " characters (and at most " + LONGEST + ").");
    }
    return inTurn(() -> Objects.requireNonNull(encoder.encode(password)));
  }

  /** Takes as long for an address that is nobody's as for a wrong password. */
  boolean matches(String password, @Nullable String hash) {
    String judged = password.length() > LONGEST ? "" : password;
    boolean same = inTurn(() -> encoder.matches(judged, hash == null ? nobodys : hash));
    checks.increment();
    return same && hash != null;
  }

  private <T> T inTurn(Supplier<T> work) {
    try {
      if (!turns.tryAcquire(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS)) {
        throw Problem.tooMany(
            "Too many people are signing in. Nothing was changed; try again in a few seconds.",
            Duration.ofSeconds(LONGEST_WAIT_SECONDS));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Problem.unavailable();
    }
    try {
      return work.get();
    } finally {
      turns.release();
    }
  }
}
