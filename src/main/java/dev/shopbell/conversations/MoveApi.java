package dev.shopbell.conversations;

import dev.shopbell.platform.web.Allow;
import dev.shopbell.platform.web.Caller;
import dev.shopbell.platform.web.Permission;
import dev.shopbell.platform.web.Problem;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/conversations/{id}")
@io.swagger.v3.oas.annotations.tags.Tag(name = "Merge and split")
class MoveApi {
  private final Moves moves;
  private final OpenConversation open;
  private final ConversationDoor door;

  MoveApi(Moves moves, OpenConversation open, ConversationDoor door) {
    this.moves = moves;
    this.open = open;
    this.door = door;
  }

  /**
   * @param conversationIds 1 to 20 others of the same brand
   * @param otherCustomers whether conversations of other customers may be among them: the customer
   *     of this one stays, the others take part, and each is answered by themselves. Refused with
   *     409 where it is needed and left out
   */
  record NewMerge(List<Long> conversationIds, @Nullable Boolean otherCustomers) {}

  /**
   * @param moves one for each that was merged; undone from the last to the first
   * @param conversation the one that was kept
   */
  record MergeDone(List<Long> moves, ConversationDetail conversation) {}

  /**
   * @param subject of the new conversation; the first message's where it is left out
   */
  record NewSplit(List<Long> messageIds, @Nullable String subject) {}

  /**
   * @param conversation the new one
   */
  record SplitDone(long move, ConversationDetail conversation) {}

  record NewLink(ConversationDetail.Relation relation) {}

  /**
   * Merges others into this conversation. Their numbers lead here from then on: a request that
   * names one is answered with 307 and the address of this.
   */
  @PostMapping("/merges")
  @ResponseStatus(HttpStatus.CREATED)
  @Allow(Permission.CONVERSATIONS_CHANGE)
  MergeDone mergeConversations(@PathVariable long id, @RequestBody NewMerge merge, Caller caller) {
    if (merge.conversationIds() == null) {
      throw Problem.invalid("conversationIds", "Name those that are to be merged into this one.");
    }
    merge.conversationIds().forEach(other -> door.require(caller.sight(), other));
    List<Long> made =
        moves.merge(
            caller.agentId(),
            id,
            merge.conversationIds(),
            Boolean.TRUE.equals(merge.otherCustomers()));
    return new MergeDone(made, open.read(id, caller.sight()));
  }

  /** Takes messages out of this conversation into a new one. */
  @PostMapping("/splits")
  @ResponseStatus(HttpStatus.CREATED)
  @Allow(Permission.CONVERSATIONS_CHANGE)
  SplitDone splitConversation(@PathVariable long id, @RequestBody NewSplit split, Caller caller) {
    if (split.messageIds() == null) {
      throw Problem.invalid("messageIds", "Name the messages that are to be taken out.");
    }
    Moves.Split made = moves.split(caller.agentId(), id, split.messageIds(), split.subject());
    return new SplitDone(made.move(), open.read(made.conversationId(), caller.sight()));
  }

  /**
   * Undoes a merge or a split. Messages go back to where they were; what has come since stays, but
   * what answers a message that goes goes with it. 409 where a later one has to be undone first.
   */
  @PostMapping("/moves/{moveId}/undo")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Allow(Permission.CONVERSATIONS_CHANGE)
  void undoMove(@PathVariable long id, @PathVariable long moveId, Caller caller) {
    moves.ends(id, moveId).forEach(end -> door.require(caller.sight(), end));
    moves.undo(caller.agentId(), id, moveId);
  }

  /** Links this conversation with another of the brand: same (about the same) or continues. */
  @PutMapping("/links/{otherId}")
  @Allow(Permission.CONVERSATIONS_CHANGE)
  ConversationDetail linkConversation(
      @PathVariable long id, @PathVariable long otherId, @RequestBody NewLink link, Caller caller) {
    if (link.relation() == null) {
      throw Problem.invalid("relation", "Say same or continues.");
    }
    door.require(caller.sight(), otherId);
    moves.link(caller.agentId(), id, otherId, link.relation());
    return open.read(id, caller.sight());
  }

  @DeleteMapping("/links/{otherId}")
  @Allow(Permission.CONVERSATIONS_CHANGE)
  ConversationDetail unlinkConversation(
      @PathVariable long id, @PathVariable long otherId, Caller caller) {
    door.require(caller.sight(), otherId);
    moves.unlink(caller.agentId(), id, otherId);
    return open.read(id, caller.sight());
  }
}
