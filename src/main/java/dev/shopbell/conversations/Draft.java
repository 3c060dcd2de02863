package dev.shopbell.conversations;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an agent has begun to write, the same on all their devices.
 *
 * @param conversationId null for a conversation that is still to begin
 * @param brandId who writes, for a conversation that is still to begin
 * @param subject null for the conversation's own
 * @param people null for whom it usually goes to
 * @param html as the editor wrote it, with images by the addresses of uploads
 * @param forwarded the one message that is forwarded; null for all of them
 * @param superseded what other devices had written when this took its place, the newest first
 */
public record Draft(
    DraftKind kind,
    @Nullable Long conversationId,
    @Nullable Long brandId,
    @Nullable String subject,
    @Nullable People people,
    String html,
    List<File> attachments,
    @Nullable Long forwarded,
    Instant updatedAt,
    List<Superseded> superseded) {

  /** Names and addresses as they were typed, finished or not. */
  @Schema(name = "DraftPeople")
  public record People(List<String> to, List<String> cc, List<String> bcc) {
    static People of(Message message) {
      return new People(typed(message.to()), typed(message.cc()), typed(message.bcc()));
    }

    private static List<String> typed(List<Correspondent> people) {
      return people.stream()
          .map(one ->
              one.name() == null ? "" + one.address() : one.name() + " <" + one.address() + ">")
          .toList();
    }
  }

  /**
   * @param size in bytes
   */
  @Schema(name = "DraftFile")
  public record File(long id, String name, String contentType, long size) {}

  /**
   * @param device the browser that wrote it, by the name it gives itself
   */
  @Schema(name = "SupersededDraft")
  public record Superseded(String device, String html, Instant updatedAt) {}
}
