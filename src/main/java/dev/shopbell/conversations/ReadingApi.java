package dev.shopbell.conversations;

import dev.shopbell.platform.web.Allow;
import dev.shopbell.platform.web.Caller;
import dev.shopbell.platform.web.Permission;
import dev.shopbell.platform.web.Problem;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** How far the caller has read. Each agent has their own mark. */
@RestController
@RequestMapping("/api/v1/conversations/{id}/read")
@io.swagger.v3.oas.annotations.tags.Tag(name = "Conversations")
class ReadingApi {
  private final Readings readings;
  private final ConversationStore store;

  ReadingApi(Readings readings, ConversationStore store) {
    this.readings = readings;
    this.store = store;
  }

  /**
   * @param messageId the newest message that was seen; all before it count as seen too
   */
  record Seen(long messageId) {}

  /** Marks it as read up to a message. A mark moves forward only. */
  @PutMapping
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Allow(Permission.CONVERSATIONS_READ)
  void markRead(@PathVariable long id, @RequestBody Seen seen, Caller caller) {
    readings.saw(caller.agentId(), id, seen.messageId());
  }

  /** Marks it as unread, from the newest message that is not an answer of ours. */
  @DeleteMapping
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Allow(Permission.CONVERSATIONS_READ)
  void markUnread(@PathVariable long id, Caller caller) {
    readings.unsee(
        caller.agentId(),
        store
            .find(id, caller.agentId())
            .orElseThrow(() -> Problem.notFound("There is no conversation " + id + ".")));
  }
}
