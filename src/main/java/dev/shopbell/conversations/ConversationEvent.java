package dev.shopbell.conversations;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to a conversation, in words for its timeline.
 *
 * @param name the fact's
 */
public record ConversationEvent(long id, String name, Instant at, Who actor, Detail detail) {
  /**
   * @param kind agent, customer or system
   */
  @Schema(name = "EventActor")
  public record Who(String kind, @Nullable String name) {}

  /**
   * What changed: names of agents, statuses, priorities or tags; what does not apply is null.
   *
   * @param other the number of the conversation that was merged, split off or linked
   * @param undoableMove the merge or split, while it can be undone
   */
  @Schema(name = "EventDetail")
  public record Detail(
      @Nullable String from,
      @Nullable String to,
      List<String> added,
      List<String> removed,
      @Nullable Long other,
      @Nullable Long undoableMove) {}
}
