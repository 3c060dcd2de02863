/**
 * The inbox: conversations, messages, who has read them, deliveries, tags, views, bulk changes,
 * drafts, search, remote images and whose are trusted. Owns the tables of those names.
 *
 * <p>The way in is {@link dev.shopbell.conversations.Conversations#receive}, the way out {@link
 * dev.shopbell.conversations.Conversations#reply}; both are the same for every channel. A channel
 * fills the slot {@link dev.shopbell.conversations.Channel}. Mind that ids lie about time once
 * messages are imported or merged: read messages by {@code (created_at, id)}; that a conversation
 * with {@code merged_into} is a pointer, which no list shows; and that a conversation belongs to a
 * customer, not to a channel: each message names its own.
 */
@NullMarked
package dev.shopbell.conversations;

import org.jspecify.annotations.NullMarked;
