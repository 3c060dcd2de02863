package dev.shopbell.conversations;

public enum Direction {
  inbound,
  outbound,
  /** Among agents only. */
  note
}
