package dev.shopbell.conversations;

/** What became of an incoming message. */
public sealed interface Received {
  record Taken(long messageId, long conversationId) implements Received {}

  /** The same id, brand and content stood there already. */
  record Duplicate(long messageId) implements Received {}

  /** An answer of ours from before, to something that is not here: not kept. */
  record Unrelated() implements Received {}

  /** A message of ours that came back. */
  record Echo(long messageId) implements Received {}
}
