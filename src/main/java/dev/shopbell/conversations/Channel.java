package dev.shopbell.conversations;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A slot: a way to reach customers. A channel hands what comes in to {@link Conversations#receive}
 * and takes what goes out from {@link #deliver}.
 */
public interface Channel {
  /** As messages name it: {@code email}. Must never change once released. */
  String channelName();

  /** Where this channel reaches the customer, or empty if it does not. */
  Optional<String> reaches(long customerId);

  /** Whether the address is one that the brand itself writes from or is answered at. */
  boolean isOwn(long brandId, String address);

  /** A message as it came, fit to be attached; empty where there is none. */
  Optional<AttachmentFile> original(long messageId);

  /** The address of ours from which the brand answers what was sent to {@code ownAddress}. */
  Optional<String> sender(long brandId, @Nullable String ownAddress);

  /**
   * The id that a new message of ours will bear, made before it is sent so that a repeat bears the
   * same.
   */
  String newExternalId(@Nullable String sender);

  /** Sends now. Called again with the same message after a deferral or a crash. */
  Delivery deliver(Outgoing message);

  /**
   * A message to deliver.
   *
   * @param agentId who wrote it; null where it was a program
   */
  record Outgoing(
      long messageId,
      long conversationId,
      long brandId,
      String externalId,
      @Nullable String inReplyTo,
      List<String> references,
      @Nullable String sender,
      @Nullable Long agentId,
      List<Recipient> recipients,
      String subject,
      String text,
      @Nullable String html,
      List<AttachmentFile> attachments,
      Instant writtenAt,
      Handling handling) {}

  /**
   * How a message is to be passed on.
   *
   * @param redirects the message that is passed on as it came; null unless the purpose is that
   * @param settled in lower case, the recipients who have it already or were refused for good
   */
  record Handling(Purpose purpose, @Nullable Long redirects, Set<String> settled) {}

  /**
   * What became of one of several recipients.
   *
   * @param words of the other server; empty where it accepted
   */
  record Outcome(String address, boolean accepted, String words) {}

  /** How it went. */
  sealed interface Delivery {
    record Sent(String detail) implements Delivery {}

    /** Try again later. */
    record Deferred(String detail) implements Delivery {}

    /** Trying again is pointless. */
    record Failed(String detail) implements Delivery {}

    /**
     * Some recipients are settled, and must not be tried again.
     *
     * @param waiting why the others are tried again later; null where there are no others
     */
    record Partly(List<Outcome> outcomes, @Nullable String waiting) implements Delivery {}

    /** Nothing was tried: the channel is not set up yet. */
    record NotReady(String detail) implements Delivery {}
  }
}
