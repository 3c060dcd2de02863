package dev.shopbell.conversations;

import dev.shopbell.platform.web.Allow;
import dev.shopbell.platform.web.Caller;
import dev.shopbell.platform.web.Permission;
import dev.shopbell.platform.web.Problem;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/bulk-changes")
@io.swagger.v3.oas.annotations.tags.Tag(name = "Bulk changes")
class BulkApi {
  private final BulkChanges changes;
  private final Tags tags;
  private final TagStore store;
  private final Views views;

  BulkApi(BulkChanges changes, Tags tags, TagStore store, Views views) {
    this.changes = changes;
    this.tags = tags;
    this.store = store;
    this.views = views;
  }

  /**
   * Which conversations: those named, or all of a view and of conditions.
   *
   * @param ids at most 5,000
   * @param view a built-in view's name or an id
   * @param brand only of this one
   * @param except of a view, these not; at most 5,000
   */
  @Schema(name = "BulkSelection")
  record Selection(
      @Nullable List<Long> ids,
      @Nullable String view,
      @Nullable List<Condition> conditions,
      @Nullable Long brand,
      @Nullable List<Long> except) {}

  /**
   * What is done to each: exactly one of status, assign, priority, tags and read.
   *
   * @param assign to whom; an agent of null takes them off
   * @param addTags by name; those that are new become tags
   * @param removeTags by name
   * @param read true: the caller has seen them
   */
  @Schema(name = "BulkAction")
  record Action(
      @Nullable Status status,
      @Nullable Instant snoozedUntil,
      ConversationApi.@Nullable NewAssignee assign,
      @Nullable Priority priority,
      @Nullable List<String> addTags,
      @Nullable List<String> removeTags,
      @Nullable Boolean read) {}

  @Schema(name = "NewBulkChange")
  record NewBulkChange(Selection select, Action action) {}

  /**
   * Changes many conversations, at most 50,000, in the background; the answer's id tells how far it
   * has come. With an Idempotency-Key it is safe to repeat.
   */
  @PostMapping
  @ResponseStatus(HttpStatus.ACCEPTED)
  @Allow(Permission.CONVERSATIONS_CHANGE)
  BulkChange changeMany(@RequestBody NewBulkChange body, Caller caller) {
    BulkChanges.Selection selection = selection(body.select(), caller);
    return changes.begin(caller, selection, action(body.action(), caller));
  }

  @GetMapping("/{id}")
  @Allow(Permission.CONVERSATIONS_CHANGE)
  BulkChange readBulkChange(@PathVariable long id, Caller caller) {
    return changes.get(id, caller);
  }

  /**
   * Takes a change back, of each conversation that nobody has changed since; what was not done yet
   * is left. The answer is a change of its own.
   */
  @PostMapping("/{id}/undo")
  @ResponseStatus(HttpStatus.ACCEPTED)
  @Allow(Permission.CONVERSATIONS_CHANGE)
  BulkChange undoBulkChange(@PathVariable long id, Caller caller) {
    return changes.undo(caller, id);
  }

  private BulkChanges.Selection selection(Selection select, Caller caller) {
    boolean byFilter = select.view() != null || select.conditions() != null;
    if (byFilter == (select.ids() != null)) {
      throw Problem.invalid("select", "Name either ids, or a view or conditions.");
    }
    if (select.ids() != null) {
      return new BulkChanges.Selection(
          ConversationFilter.of(Conditions.NONE, caller),
          Set.copyOf(BulkChanges.ids(select.ids(), "ids")),
          List.of());
    }
    ConversationFilter filter =
        select.view() == null
            ? ConversationFilter.of(Conditions.NONE, caller)
            : views.asked(select.view(), caller).filter();
    if (select.conditions() != null) {
      for (Condition one : Conditions.checked(select.conditions()).all()) {
        filter = filter.and(one);
      }
    }
    if (select.brand() != null) {
      filter = filter.and(Condition.is(ConditionField.brand, Long.toString(select.brand())));
    }
    return new BulkChanges.Selection(filter, null, BulkChanges.ids(select.except(), "except"));
  }

  private BulkAction action(Action action, Caller caller) {
    boolean tagging = action.addTags() != null || action.removeTags() != null;
    long asked =
        Stream.of(
                action.status(),
                action.assign(),
                action.priority(),
                tagging ? tagging : null,
                Boolean.TRUE.equals(action.read()) ? action.read() : null)
            .filter(Objects::nonNull)
            .count();
    if (asked != 1) {
      throw Problem.invalid(
          "action",
          "Say one thing to do: status, assign, priority, read, or addTags and removeTags.");
    }
    if (action.status() != null) {
      return new BulkAction.SetStatus(action.status(), action.snoozedUntil());
    }
    if (action.assign() != null) {
      return new BulkAction.Assign(action.assign().agentId());
    }
    if (action.priority() != null) {
      return new BulkAction.SetPriority(action.priority());
    }
    if (!tagging) {
      return new BulkAction.MarkRead();
    }
    return changeTags(
        caller,
        action.addTags() == null ? List.of() : action.addTags(),
        action.removeTags() == null ? List.of() : action.removeTags());
  }

  private BulkAction changeTags(Caller caller, List<String> add, List<String> remove) {
    if (add.size() > 50 || remove.size() > 50) {
      throw Problem.invalid("addTags", "At most 50 tags at once.");
    }
    return new BulkAction.ChangeTags(
        add.stream().map(name -> tags.toAdd(caller.actor(), name).id()).distinct().toList(),
        remove.stream()
            .flatMap(name -> store.find(name.strip()).stream())
            .map(TagEntry::id)
            .distinct()
            .toList());
  }
}
