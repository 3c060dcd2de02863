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
 * @param report what became of a message of ours, where this one tells; null for all else
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
    @Nullable Report report,
    @Nullable String problem,
    Assessment assessment,
    boolean hasOriginal,
    boolean demo,
    Instant receivedAt,
    Arrival arrival) {

  /**
   * What became of a message of ours.
   *
   * @param gone addresses that do not exist (any more)
   * @param recipients all addresses that it speaks of
   * @param words for the agent, the other server's where it gave any
   */
  public record Report(Outcome outcome, List<String> gone, List<String> recipients, String words) {}

  /** How it went with a message of ours after it had left. */
  public enum Outcome {
    failed,
    /** The other server still tries. */
    delayed,
    delivered,
    read,
    /** It waits until somebody shows that we are a person. */
    held,
    /** Anything else worth a line, such as that it was deleted unread or called spam. */
    other
  }
}
