package dev.shopbell.platform.facts;

/**
 * A place in the log: the pair (transaction id, number). A number alone would skip facts whose
 * transaction took its number early and committed late.
 */
public record FactPosition(long xid, long id) implements Comparable<FactPosition> {
  public static final FactPosition START = new FactPosition(0, 0);

  /**
   * Reads what {@link #toString} wrote.
   *
   * @throws IllegalArgumentException if it is not a position
   */
  public static FactPosition parse(String text) {
    int dash = text.indexOf('-');
    if (dash < 1) {
      throw new IllegalArgumentException("Not a position in the log: it looks like 1234-567.");
    }
    return new FactPosition(
        Long.parseUnsignedLong(text.substring(0, dash)), Long.parseLong(text.substring(dash + 1)));
  }

  @Override
  public int compareTo(FactPosition other) {
    int byXid = Long.compareUnsigned(xid, other.xid);
    return byXid != 0 ? byXid : Long.compare(id, other.id);
  }

  @Override
  public String toString() {
    return Long.toUnsignedString(xid) + "-" + id;
  }
}
