package dev.shopbell.channels.email;

import dev.shopbell.RunningShopbell;
import dev.shopbell.SteppedClock;
import java.time.Duration;
import java.util.Map;

/**
 * The program with a clock and a relay of the tests' own. The clock is never set back by itself.
 */
final class ShopbellWithClock {
  /** The lock of the classes that use it. */
  static final String ALONE = "the program with a clock";

  static final ScriptedRelay RELAY = new ScriptedRelay();
  static final RunningShopbell SHOPBELL =
      RunningShopbell.start(Map.of("shopbell.relay-url", RELAY.url()), SteppedClock.class);

  private ShopbellWithClock() {}

  static void step(Duration by) {
    SHOPBELL.bean(SteppedClock.class).step(by);
  }
}
