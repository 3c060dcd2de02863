import java.util.Arrays;
import java.util.Locale;

/** Durations in nanoseconds, and what share of them lay below what. */
final class Samples {
  private long[] values = new long[4096];
  private int size;

  synchronized void add(long nanos) {
    if (size == values.length) {
      values = Arrays.copyOf(values, 2 * size);
    }
    values[size++] = Math.max(0, nanos);
  }

  synchronized int size() {
    return size;
  }

  /** In milliseconds, for a table. */
  synchronized String percentile(double percent) {
    if (size == 0) {
      return "–";
    }
    long[] sorted = Arrays.copyOf(values, size);
    Arrays.sort(sorted);
    int index = (int) Math.ceil(percent / 100 * size) - 1;
    return String.format(Locale.ROOT, "%.2f", sorted[Math.clamp(index, 0, size - 1)] / 1e6);
  }
}
