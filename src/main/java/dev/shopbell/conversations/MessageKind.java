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
  /** From a mailing list or a newsletter. */
  list
}
