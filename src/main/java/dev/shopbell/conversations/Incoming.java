package dev.shopbell.conversations;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message from outside, as a channel hands it over: read and made safe.
 *
 * @param ownText what the sender wrote themselves; null where it is the whole text
 * @param html sanitised; an inline image is {@code cid:} and the content id of its attachment
 * @param externalId the channel's id of the message: for mail the Message-ID without brackets
 * @param references ids of the messages that this one answers, the closest first
 * @param signedConversation the conversation that our signed address named
 * @param ownAddress the address of ours that it was sent to
 * @param contentHash tells messages with the same id apart
 * @param bounce what a bounce says of which address; null for all else
 * @param problem what could not be read, in words for the agent
 */
public record Incoming(
    long brandId,
    String channel,
    MessageKind kind,
    Correspondent from,
    List<Recipient> recipients,
    String subject,
    String text,
    @Nullable String ownText,
    @Nullable String html,
    int remoteImages,
    List<AttachmentFile> attachments,
    @Nullable String externalId,
    List<String> references,
    @Nullable Long signedConversation,
    @Nullable String ownAddress,
    @Nullable String contentHash,
    @Nullable Bounce bounce,
    @Nullable String problem,
    Assessment assessment,
    boolean hasOriginal,
    boolean demo,
    Instant receivedAt,
    Arrival arrival) {

  /**
   * @param permanent whether trying again is pointless
   * @param words of the other server
   */
  public record Bounce(@Nullable String recipient, boolean permanent, String words) {}
}
