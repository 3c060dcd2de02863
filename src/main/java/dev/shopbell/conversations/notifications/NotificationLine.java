package dev.shopbell.conversations.notifications;

import dev.shopbell.conversations.NotificationKind;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an agent is told of one conversation: however many events, one line.
 *
 * @param id of the newest of them
 * @param kind the most telling of {@code kinds}
 * @param count how many events
 * @param actor which colleague did what {@code kind} says
 * @param messageId what {@code kind} is about
 * @param seenAt null while it is unread
 */
record NotificationLine(
    long id,
    long conversationId,
    long number,
    long brandId,
    String subject,
    NotificationKind kind,
    List<NotificationKind> kinds,
    int count,
    @Nullable Colleague actor,
    @Nullable Long messageId,
    @Nullable String customerName,
    @Nullable String customerAddress,
    Instant at,
    @Nullable Instant seenAt) {

  @Schema(name = "NotificationActor")
  record Colleague(long id, String name) {}

  /**
   * Lines that are unread, and which of them name the agent; each at most 999.
   *
   * @param mentions of {@code unread}
   */
  @Schema(name = "NotificationCounters")
  record Counters(int unread, int mentions) {}
}
