package dev.shopbell.conversations;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far a change to many conversations has come.
 *
 * @param undoes the one that it takes back
 * @param unchanged they were so already
 * @param stopped whether it was taken back before it was done
 * @param finishedAt null while it goes on
 * @param problems the first 100 of those that could not be changed, and why
 */
public record BulkChange(
    long id,
    @Nullable Long undoes,
    int total,
    int changed,
    int unchanged,
    int refused,
    boolean stopped,
    Instant createdAt,
    @Nullable Instant finishedAt,
    List<Refused> problems) {

  /**
   * @param subject null where the conversation is gone
   */
  public record Refused(long conversationId, @Nullable String subject, String reason) {}
}
