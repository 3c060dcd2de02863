package dev.shopbell.conversations;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A conversation while the batch is decided: as it stands in the database, or as it will. */
final class Affected {
  final long id;
  final long brandId;
  final long customerId;
  final boolean existed;
  Status status;
  @Nullable Instant resolvedAt;

  /** Null while it has no message yet. */
  @Nullable Instant lastMessageAt;

  /** What the list shows of it; null: what it has shown before. */
  IntakeStore.@Nullable NewMessage shown;

  /** Whether nobody waits for an answer any more. */
  boolean settled;

  final List<IntakeStore.NewMessage> messages = new ArrayList<>();
  String subject = "";
  boolean demo;
  boolean deliveryProblem;

  /** The first message of this batch that waits for an answer. */
  IntakeStore.@Nullable NewMessage wokenBy;

  @Nullable String spamReason;

  /** In which the customer wrote last, as far as that can be told from this batch. */
  @Nullable String language;

  /** Whether what was scheduled here waits for an agent, since somebody has written. */
  boolean halts;

  Affected(
      long id,
      long brandId,
      long customerId,
      boolean existed,
      Status status,
      @Nullable Instant resolvedAt,
      @Nullable Instant lastMessageAt) {
    this.id = id;
    this.brandId = brandId;
    this.customerId = customerId;
    this.existed = existed;
    this.status = status;
    this.resolvedAt = resolvedAt;
    this.lastMessageAt = lastMessageAt;
  }

  /** The newest message of this batch that agents should look at; 0 where there is none. */
  long newsId() {
    long newest = 0;
    for (IntakeStore.NewMessage message : messages) {
      Incoming incoming = message.incoming();
      if (incoming.kind().wakes() && !incoming.arrival().isImported()) {
        newest = Math.max(newest, message.id());
      }
    }
    return newest;
  }

  /**
   * Adds a message. Returns whether it is the newest: what is imported may have been overtaken, and
   * then changes nothing of how the conversation stands.
   */
  boolean add(IntakeStore.NewMessage message) {
    messages.add(message);
    Instant at = message.incoming().receivedAt();
    boolean overtaken =
        message.incoming().arrival().isImported()
            && lastMessageAt != null
            && at.isBefore(lastMessageAt);
    if (!overtaken) {
      shown = message;
    }
    if (lastMessageAt == null || at.isAfter(lastMessageAt)) {
      lastMessageAt = at;
    }
    return !overtaken;
  }
}
