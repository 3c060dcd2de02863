package dev.shopbell.conversations;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One of an agent's own drafts, as a list shows it.
 *
 * @param conversationId null for a conversation that is still to begin
 * @param subject its own, or the conversation's
 * @param customer null for a conversation that is still to begin
 * @param to whom it goes to, where that was typed: the first of them
 * @param preview how it begins
 * @param superseded whether another device's text is kept with it
 */
record DraftRow(
    long id,
    DraftKind kind,
    @Nullable Long conversationId,
    String subject,
    ConversationRow.@Nullable CustomerRef customer,
    @Nullable String to,
    String preview,
    Instant updatedAt,
    boolean superseded) {}
