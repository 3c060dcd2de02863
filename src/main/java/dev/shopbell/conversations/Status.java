package dev.shopbell.conversations;

/** Whose turn it is. */
public enum Status {
  /** Ours. */
  open,
  /** The customer's: we have answered. */
  waiting,
  /** Nobody's until a time, or until the customer writes. */
  snoozed,
  resolved,
  spam
}
