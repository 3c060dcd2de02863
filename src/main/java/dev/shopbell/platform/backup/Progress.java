package dev.shopbell.platform.backup;

import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Tells whoever waits how far it is: each step, and every few seconds how many bytes. */
final class Progress {
  private static final long NEWS_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final Consumer<String> listener;
  private String step = "";
  private long bytes;
  private long nextNews = System.nanoTime() + NEWS_NANOS;

  Progress(Consumer<String> listener) {
    this.listener = listener;
  }

  /** Nobody waits. */
  static Progress untold() {
    return new Progress(line -> {});
  }

  void say(String line) {
    listener.accept(line);
  }

  void step(String name) {
    step = name;
  }

  void moved(int more) {
    bytes += more;
    if (System.nanoTime() > nextNews) {
      nextNews = System.nanoTime() + NEWS_NANOS;
      say("  " + size(bytes) + " so far, now " + step);
    }
  }

  /** As people read it: 1.2 GB. */
  static String size(long bytes) {
    String[] units = {"bytes", "kB", "MB", "GB", "TB"};
    double number = bytes;
    int unit = 0;
    while (number >= 1000 && unit < units.length - 1) {
      number /= 1000;
      unit++;
    }
    return unit == 0
        ? bytes + " bytes"
        : String.format(Locale.ROOT, number < 10 ? "%.1f %s" : "%.0f %s", number, units[unit]);
  }
}
