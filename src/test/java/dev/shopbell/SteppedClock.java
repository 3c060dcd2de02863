package dev.shopbell;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.springframework.context.annotation.Primary;

/**
 * The machine's clock, which a test sets forwards and back. It takes the place of the program's own
 * in a program that is started with it.
 */
@Primary
public final class SteppedClock extends Clock {
  private volatile Duration ahead = Duration.ZERO;

  public void step(Duration by) {
    ahead = ahead.plus(by);
  }

  @Override
  public Instant instant() {
    return Instant.now().truncatedTo(ChronoUnit.MICROS).plus(ahead);
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException("The program reckons in UTC.");
  }
}
