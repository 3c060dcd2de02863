package dev.shopbell.conversations;

import dev.shopbell.platform.html.HeldBackImages;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One message.
 *
 * @param text the whole text
 * @param ownText what the sender wrote themselves, without quotes and signature
 * @param html sanitised; a remote image bears {@code data-remote-image} instead of {@code src}: the
 *     path under which we fetch it when an agent asks
 * @param bcc who got it unseen by the others
 * @param kindReason why it is not taken for a person's message
 * @param authentication whether the sender is who it says; null where that is not judged
 * @param appointment the appointment it is about; null when it is about none
 * @param unverified it joined by our signed address, but its sender is not known in this
 *     conversation
 * @param problem what could not be read
 * @param hasOriginal whether the raw message can be had
 * @param remoteImages how many pictures from elsewhere are not loaded
 * @param trackers how many more were taken out because they only report who reads the mail
 * @param imagesAllowed the sender is trusted: its remote images may be loaded without asking
 * @param replyTo where the sender asks to be answered, if that is not where it came from
 * @param purpose what of ours it is; null for a note, and for what others wrote
 * @param redirects the message that this one passes on as it came
 * @param thirdParty from somebody whom we had forwarded to: not the customer's
 * @param mentions ids of the colleagues whom a note names
 */
public record Message(
    long id,
    long conversationId,
    Direction direction,
    String channel,
    MessageKind kind,
    Correspondent from,
    List<Correspondent> to,
    List<Correspondent> cc,
    List<Correspondent> bcc,
    ConversationRow.@Nullable Assignee agent,
    String subject,
    String text,
    String ownText,
    @Nullable String html,
    List<Attachment> attachments,
    Instant receivedAt,
    @Nullable DeliveryStatus delivery,
    boolean unverified,
    int remoteImages,
    @Nullable String problem,
    boolean hasOriginal,
    @Nullable String kindReason,
    List<MessageMark> marks,
    @Nullable Authentication authentication,
    int trackers,
    boolean imagesAllowed,
    @Nullable Appointment appointment,
    List<Correspondent> replyTo,
    @Nullable Purpose purpose,
    @Nullable Long redirects,
    boolean thirdParty,
    List<Long> mentions) {

  /**
   * @param size in bytes
   */
  public record Attachment(
      long id, String name, String contentType, long size, boolean inline, String url) {}

  /**
   * @param detail why it waits or failed: the other server's words where it gave any
   * @param undoableUntil until when the reply can be taken back
   * @param scheduledFor when an agent wanted it to leave; until it has, it can be taken back
   */
  public record DeliveryStatus(
      DeliveryState state,
      @Nullable String detail,
      int attempts,
      @Nullable Instant updatedAt,
      @Nullable Instant nextAttemptAt,
      @Nullable Instant undoableUntil,
      @Nullable Instant scheduledFor) {}

  Message with(@Nullable String html, List<Attachment> attachments) {
    return with(html, attachments, remoteImages, trackers, imagesAllowed);
  }

  /** With its remote images led to us, and those that only report left out. */
  Message withRemoteImages(boolean senderTrusted) {
    if (html == null || remoteImages == 0) {
      return this;
    }
    HeldBackImages.Shown shown =
        HeldBackImages.shown(html, place -> RemoteImageApi.path(id, place));
    return with(shown.html(), attachments, shown.images(), shown.trackers(), senderTrusted);
  }

  private Message with(
      @Nullable String html,
      List<Attachment> attachments,
      int remoteImages,
      int trackers,
      boolean imagesAllowed) {
    return new Message(
        id,
        conversationId,
        direction,
        channel,
        kind,
        from,
        to,
        cc,
        bcc,
        agent,
        subject,
        text,
        ownText,
        html,
        attachments,
        receivedAt,
        delivery,
        unverified,
        remoteImages,
        problem,
        hasOriginal,
        kindReason,
        marks,
        authentication,
        trackers,
        imagesAllowed,
        appointment,
        replyTo,
        purpose,
        redirects,
        thirdParty,
        mentions);
  }
}
