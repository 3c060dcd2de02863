package dev.shopbell.conversations;

import java.time.Instant;
import java.util.List;

/** The customer panel's part of this room: past talks, newest first. */
public record CustomerConversations(long total, List<Item> items) {
  public record Item(long id, long number, String subject, Status status, Instant lastMessageAt) {}
}
