package dev.shopbell.conversations;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A conversation as lists show it.
 *
 * @param number what people call it by
 * @param teamId whose it is; its agents share it, one of them may have it
 * @param waitingSince when the oldest message came that nobody has answered
 * @param spamReason why the program put it in spam; null where it did not
 * @param unread whether something came from outside, or a note of a colleague, that the reader has
 *     not seen; what was there before they joined, or was resolved without them, counts as seen
 * @param match where a search found it; null outside a search
 */
public record ConversationRow(
    long id,
    long number,
    long brandId,
    String subject,
    Status status,
    Priority priority,
    @Nullable Assignee assignee,
    @Nullable Long teamId,
    List<Tag> tags,
    CustomerRef customer,
    String preview,
    Instant lastMessageAt,
    Direction lastDirection,
    String channel,
    int messageCount,
    Instant createdAt,
    @Nullable Instant waitingSince,
    @Nullable Instant snoozedUntil,
    boolean deliveryProblem,
    boolean demo,
    @Nullable String spamReason,
    boolean unread,
    @Nullable Match match) {

  public record Assignee(long id, String name) {}

  public record CustomerRef(long id, @Nullable String name, @Nullable String address) {}

  /**
   * @param text a piece of the message around the hit, or the name of a file
   * @param marks [start, end) in UTF-16 units of {@code text}
   * @param messageId the newest message that holds all words
   * @param file whether the text is the name of a file of it
   */
  public record Match(String text, List<int[]> marks, long messageId, boolean file) {}

  ConversationRow with(Match match) {
    return new ConversationRow(
        id,
        number,
        brandId,
        subject,
        status,
        priority,
        assignee,
        teamId,
        tags,
        customer,
        preview,
        lastMessageAt,
        lastDirection,
        channel,
        messageCount,
        createdAt,
        waitingSince,
        snoozedUntil,
        deliveryProblem,
        demo,
        spamReason,
        unread,
        match);
  }
}
