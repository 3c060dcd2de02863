package dev.shopbell.conversations;

/** What a message is, as far as that decides whether a person waits for an answer. */
public enum MessageKind {
  message,
  /**
   * An out-of-office note or the like: joins its thread without waking it, and is never answered.
   */
  auto_reply,
  /** A report that something of ours was not delivered. */
  bounce,
  /**
   * From a mailing list, a newsletter or a program on its own account: shown as open, but nobody
   * waits for an answer.
   */
  list,
  /** Tells that a message of ours was delivered, is late, was read or called spam. */
  receipt,
  /** Asks us to prove that we are a person before a message of ours is let through. */
  challenge;

  /**
   * Whether a person speaks to us. Only then may anything be sent by itself: whoever answers a
   * machine by machine makes a loop.
   */
  public boolean isFromPerson() {
    return this == message;
  }

  /** Whether somebody or a list speaks to us, rather than a machine about a message of ours. */
  boolean wakes() {
    return this == message || this == list;
  }
}
