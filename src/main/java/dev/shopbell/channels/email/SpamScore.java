package dev.shopbell.channels.email;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Points against a mail, each with its reason. */
final class SpamScore {
  /** From so many points on a mail lies in spam. */
  static final double LIMIT = 5;

  private static final int MOST_REASONS = 3;

  private record Signal(double points, String reason) {}

  private final List<Signal> signals = new ArrayList<>();

  void add(double points, String reason) {
    if (points != 0) {
      signals.add(new Signal(points, reason));
    }
  }

  double points() {
    return signals.stream().mapToDouble(Signal::points).sum();
  }

  boolean isSpam() {
    return points() >= LIMIT;
  }

  /** The weightiest, in words for the agent. */
  String reason() {
    return String.join(
        " ",
        signals.stream()
            .filter(signal -> signal.points() > 0)
            .sorted(Comparator.comparingDouble(Signal::points).reversed())
            .map(Signal::reason)
            .distinct()
            .limit(MOST_REASONS)
            .toList());
  }

  @Override
  public String toString() {
    return points() + " " + signals;
  }
}
