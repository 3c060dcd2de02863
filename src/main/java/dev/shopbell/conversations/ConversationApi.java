package dev.shopbell.conversations;

import dev.shopbell.platform.web.Allow;
import dev.shopbell.platform.web.Caller;
import dev.shopbell.platform.web.Cursor;
import dev.shopbell.platform.web.Page;
import dev.shopbell.platform.web.Permission;
import dev.shopbell.platform.web.Problem;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1")
@io.swagger.v3.oas.annotations.tags.Tag(name = "Conversations")
class ConversationApi {
  private final Conversations conversations;
  private final Tags tags;
  private final AskedLists asked;
  private final ConversationLists lists;
  private final Counters counters;
  private final Timeline timeline;
  private final OpenConversation open;

  ConversationApi(
      Conversations conversations,
      Tags tags,
      AskedLists asked,
      ConversationLists lists,
      Counters counters,
      Timeline timeline,
      OpenConversation open) {
    this.conversations = conversations;
    this.tags = tags;
    this.asked = asked;
    this.lists = lists;
    this.counters = counters;
    this.timeline = timeline;
    this.open = open;
  }

  /**
   * @param snoozedUntil when it comes back at the latest; where it is left out, it comes back when
   *     the customer writes. It always does then
   */
  record NewStatus(Status status, @Nullable Instant snoozedUntil) {}

  /**
   * Both are set together.
   *
   * @param agentId null for nobody
   * @param teamId null for no team; but where an agent of its team takes a conversation, it stays
   *     that team's
   */
  record NewAssignee(@Nullable Long agentId, @Nullable Long teamId) {}

  record NewPriority(Priority priority) {}

  record NewTags(List<String> tags) {}

  record NewSubject(String subject) {}

  /**
   * Conversations, in the order of their view or as {@code sort} says. With {@code q} those whose
   * messages hold the words, the newest hit first.
   *
   * @param view mine, unassigned, following (by you), teams (those of your teams), open, waiting,
   *     snoozed, resolved, spam, drafts (own ones), scheduled (an answer leaves later or is held
   *     back) or all (everything but spam), or the id of a saved view
   * @param assignee an agent's id, me or none
   * @param tag a tag's name
   * @param team a team's id, mine or none
   * @param conditions further conditions as the JSON list that a saved view holds; without a view
   *     these alone. May take two seconds
   * @param q words, "a phrase", an address, #number, and operators such as from: is: tag: has:
   *     before:, each turned round by a minus before it; the last word finds what begins with it.
   *     What a value of an operator means, and whether it names anything, is told by /search/query
   * @param zone in which days of the search are counted, as Europe/Berlin; UTC where it is left out
   * @param offset so many are passed over; instead of a cursor, for lists that jump
   */
  @GetMapping("/conversations")
  @Allow(Permission.CONVERSATIONS_READ)
  Page<ConversationRow> listConversations(
      @RequestParam(required = false) @Nullable String view,
      @RequestParam(required = false) @Nullable Status status,
      @RequestParam(required = false) @Nullable String assignee,
      @RequestParam(required = false) @Nullable Long brand,
      @RequestParam(required = false) @Nullable Long customer,
      @RequestParam(required = false) @Nullable String tag,
      @RequestParam(required = false) @Nullable String team,
      @RequestParam(required = false) @Nullable String conditions,
      @RequestParam(required = false) @Nullable String sort,
      @RequestParam(required = false) @Nullable String q,
      @RequestParam(required = false) @Nullable String zone,
      @RequestParam(required = false) @Nullable Integer limit,
      @RequestParam(required = false) @Nullable String cursor,
      @RequestParam(required = false) @Nullable Integer offset,
      Caller caller) {
    ConversationLists.Asked wanted =
        asked.of(
            new AskedLists.Parameters(
                view, status, assignee, brand, customer, tag, team, conditions, sort),
            caller);
    int most = Page.limit(limit);
    if (q != null && !q.isBlank()) {
      return lists.search(wanted, asked.search(q, zone, caller), most, cursor);
    }
    return offset == null ? lists.page(wanted, most, cursor) : lists.from(wanted, most, offset);
  }

  /**
   * @param total counted no further than a million
   */
  @io.swagger.v3.oas.annotations.media.Schema(name = "ConversationTotal")
  record Total(long total) {}

  /** How many conversations the same question leaves. */
  @GetMapping("/conversations/total")
  @Allow(Permission.CONVERSATIONS_READ)
  Total totalConversations(
      @RequestParam(required = false) @Nullable String view,
      @RequestParam(required = false) @Nullable Long brand,
      @RequestParam(required = false) @Nullable String conditions,
      Caller caller) {
    return new Total(
        lists.total(
            asked.of(
                new AskedLists.Parameters(
                    view, null, null, brand, null, null, null, conditions, null),
                caller)));
  }

  @GetMapping("/conversations/counters")
  @Allow(Permission.CONVERSATIONS_READ)
  Counters.Values countConversations(Caller caller) {
    return counters.of(caller);
  }

  @GetMapping("/conversations/{id}")
  @Allow(Permission.CONVERSATIONS_READ)
  ConversationDetail readConversation(@PathVariable long id, Caller caller) {
    return open.read(id, caller.sight());
  }

  @GetMapping("/conversations/{id}/events")
  @Allow(Permission.CONVERSATIONS_READ)
  Page<ConversationEvent> listEvents(
      @PathVariable long id,
      @RequestParam(required = false) @Nullable Integer limit,
      @RequestParam(required = false) @Nullable String cursor) {
    return timeline.of(id, Page.limit(limit), Cursor.parse(cursor, 1));
  }

  @PutMapping("/conversations/{id}/status")
  @Allow(Permission.CONVERSATIONS_CHANGE)
  ConversationDetail setStatus(@PathVariable long id, @RequestBody NewStatus body, Caller caller) {
    if (body.status() == null) {
      throw Problem.invalid("status", "Say which: open, waiting, snoozed, resolved or spam.");
    }
    conversations.setStatus(caller.actor(), id, body.status(), body.snoozedUntil());
    return open.read(id, caller.sight());
  }

  @PutMapping("/conversations/{id}/assignee")
  @Allow(Permission.CONVERSATIONS_CHANGE)
  ConversationDetail setAssignee(
      @PathVariable long id, @RequestBody NewAssignee body, Caller caller) {
    conversations.setAssignee(caller.actor(), id, body.agentId(), body.teamId());
    return open.read(id, caller.sight());
  }

  @PutMapping("/conversations/{id}/priority")
  @Allow(Permission.CONVERSATIONS_CHANGE)
  ConversationDetail setPriority(
      @PathVariable long id, @RequestBody NewPriority body, Caller caller) {
    if (body.priority() == null) {
      throw Problem.invalid("priority", "Say which: low, normal, high or urgent.");
    }
    conversations.setPriority(caller.actor(), id, body.priority());
    return open.read(id, caller.sight());
  }

  @PutMapping("/conversations/{id}/tags")
  @Allow(Permission.CONVERSATIONS_CHANGE)
  ConversationDetail setTags(@PathVariable long id, @RequestBody NewTags body, Caller caller) {
    if (body.tags() == null) {
      throw Problem.invalid("tags", "Send the whole set, an empty list for none.");
    }
    tags.set(caller.actor(), id, body.tags());
    return open.read(id, caller.sight());
  }

  @PutMapping("/conversations/{id}/subject")
  @Allow(Permission.CONVERSATIONS_CHANGE)
  ConversationDetail setSubject(
      @PathVariable long id, @RequestBody NewSubject body, Caller caller) {
    conversations.setSubject(caller.actor(), id, body.subject() == null ? "" : body.subject());
    return open.read(id, caller.sight());
  }
}
