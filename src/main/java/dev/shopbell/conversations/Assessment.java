package dev.shopbell.conversations;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a channel found out about a message, beyond what it says.
 *
 * @param kindReason why it is not taken for a person's message; null where it is
 * @param authentication null where the channel does not judge it
 * @param spamReason why it looks like spam; a conversation that it begins lies in spam then
 * @param appointment the appointment it is about; null when it is about none
 */
public record Assessment(
    @Nullable String kindReason,
    Set<MessageMark> marks,
    @Nullable Authentication authentication,
    @Nullable String spamReason,
    @Nullable Appointment appointment) {
  public static final Assessment NONE = new Assessment(null, Set.of(), null, null, null);
}
