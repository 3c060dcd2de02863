package dev.shopbell.conversations;

/** What a draft is to become. */
public enum DraftKind {
  reply,
  note,
  forward,
  /** The first message of a conversation that does not exist yet. */
  start
}
