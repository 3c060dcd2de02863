package dev.shopbell.conversations;

/** What a message of ours is. */
public enum Purpose {
  reply,
  /** What was written here, shown to somebody else. */
  forward,
  /** A mail passed on as it came, so that whoever gets it answers its sender. */
  redirect
}
