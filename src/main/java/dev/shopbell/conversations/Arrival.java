package dev.shopbell.conversations;

/**
 * How a message came to be here. What was there before we were asked to read it is news to nobody:
 * it opens no more than the customer still waits for, and whoever reacts to facts can tell.
 */
public enum Arrival {
  /** As it was sent. */
  live,
  /** Imported, and nobody has answered it. */
  earlier,
  /** Imported, and it has been answered elsewhere. */
  earlier_answered,
  /** Imported: an answer of the shop itself. */
  earlier_answer;

  public boolean isImported() {
    return this != live;
  }
}
