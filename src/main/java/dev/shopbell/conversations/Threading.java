package dev.shopbell.conversations;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Decides to which conversation an incoming message belongs. Never by its subject. A signed address
 * of ours proves that the sender was written to; a Message-ID proves nothing, so a stranger who
 * names one gets a conversation of their own.
 */
final class Threading {
  /** After that a reply to something resolved opens a new conversation, linked to the old one. */
  static final Duration REOPENS_FOR = Duration.ofDays(30);

  private Threading() {}

  /**
   * What leads to a conversation.
   *
   * @param signed by our signed address, otherwise by a Message-ID
   * @param known whether the sender is the customer, or was written to in this conversation
   * @param forged whether the sender was found not to be who they say
   */
  record Clue(boolean signed, boolean known, boolean forged) {}

  sealed interface Decision {
    record Join(boolean unverified) implements Decision {}

    /** A new conversation, linked to the one found. */
    record Link(String relation) implements Decision {}
  }

  static Decision decide(
      Clue clue,
      MessageKind kind,
      Status status,
      @Nullable Instant resolvedAt,
      Instant receivedAt) {
    boolean machine = !kind.wakes();
    if (!clue.known() && !clue.signed() && !machine) {
      return new Decision.Link("claims");
    }
    boolean closedLongAgo =
        status == Status.resolved
            && resolvedAt != null
            && resolvedAt.plus(REOPENS_FOR).isBefore(receivedAt);
    if (closedLongAgo && !machine) {
      return new Decision.Link("continues");
    }
    return new Decision.Join(
        (!clue.known() || clue.forged()) && (kind.wakes() || kind == MessageKind.auto_reply));
  }
}
