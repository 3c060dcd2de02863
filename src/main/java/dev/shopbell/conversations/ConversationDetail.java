package dev.shopbell.conversations;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A conversation as it is opened: the row, and what only the open conversation shows.
 *
 * @param answersTo whom the next answer goes to; null where the customer cannot be reached
 * @param answering the same in full
 * @param readers which agents have read how far, the caller first; 50 at most
 * @param drafts the reader's own
 * @param fields values of the shop's own fields by their keys
 * @param language what the customer writes in (ISO 639-1); null while nobody can tell
 */
public record ConversationDetail(
    @JsonUnwrapped ConversationRow row,
    List<Linked> linked,
    List<Reachable> reachable,
    @Nullable Correspondent answersTo,
    Answering answering,
    List<Draft> drafts,
    BrandRef brand,
    @Nullable String language,
    Map<String, Object> fields,
    List<Reader> readers) {

  public enum Relation {
    /** This one continues that one, which was resolved too long ago to be reopened. */
    continues,
    continuedBy,
    /** This one's sender named a message of that one without being part of it. */
    claims,
    claimedBy,
    /** An agent says that both are about the same. */
    same,
    /** This one's messages were taken out of that one. */
    splitFrom,
    splitInto
  }

  @Schema(name = "LinkedConversation")
  public record Linked(long id, long number, String subject, Status status, Relation relation) {}

  /**
   * Whom the next answer goes to, unless an agent says otherwise.
   *
   * @param to empty where the customer cannot be reached
   * @param cc who else was written to, for an answer to all
   * @param toAll whether all is usual here: the customer had copied somebody in themselves
   * @param insteadOf who wrote, where they asked to be answered elsewhere
   */
  public record Answering(
      List<Correspondent> to,
      List<Correspondent> cc,
      boolean toAll,
      @Nullable Correspondent insteadOf) {}

  public record Reachable(String channel, String address) {}

  /**
   * @param messageId the newest message that the agent has seen; 0 for none
   */
  @Schema(name = "ConversationReader")
  public record Reader(long agentId, long messageId, Instant seenAt) {}

  public record BrandRef(long id, String name, String color, @Nullable String logoUrl) {}
}
