package dev.shopbell.conversations;

import dev.shopbell.platform.facts.Facts;
import dev.shopbell.platform.web.Caller;
import dev.shopbell.platform.web.Permission;
import dev.shopbell.platform.web.Problem;
import dev.shopbell.staff.Teams;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Saved filters: an agent's own, and those that are shared with teams or with everybody. A shared
 * one is changed by whoever made it, and by those who have it and manage brands.
 */
@Service
class Views {
  private static final int MOST = 200;
  private static final int MOST_TEAMS = 50;
  private static final int LONGEST_NAME = 60;
  private static final Duration IN_THE_BIN = Duration.ofDays(30);

  private final ViewStore store;
  private final Teams teams;
  private final Facts facts;
  private final Clock clock;

  Views(ViewStore store, Teams teams, Facts facts, Clock clock) {
    this.store = store;
    this.teams = teams;
    this.facts = facts;
    this.clock = clock;
  }

  /** Every view of the caller, in their order; what they have not placed yet comes last. */
  List<View> of(Caller caller) {
    List<View> all = new ArrayList<>();
    for (BuiltInView one : BuiltInView.values()) {
      all.add(
          new View(
              one.name(),
              null,
              one.label(),
              null,
              one.conditions().all(),
              ViewSort.newest,
              true,
              List.of(),
              false,
              false,
              false));
    }
    for (ViewStore.Stored one : store.seenBy(caller.agentId(), caller.sight().teams())) {
      all.add(seen(one, caller));
    }
    ViewStore.Arrangement arrangement = store.arrangement(caller.agentId());
    List<String> keys = arrangement.keys();
    return all.stream()
        .map(view -> view.placed(arrangement.hidden().contains(view.key())))
        .sorted(
            Comparator.comparingInt(
                view -> keys.contains(view.key()) ? keys.indexOf(view.key()) : Integer.MAX_VALUE))
        .toList();
  }

  private static View seen(ViewStore.Stored one, Caller caller) {
    return new View(
        Long.toString(one.id()),
        one.id(),
        one.name(),
        one.icon(),
        one.conditions(),
        one.sort(),
        one.shared(),
        one.teams(),
        one.ownerId() == caller.agentId(),
        mayChange(one, caller),
        false);
  }

  private static boolean mayChange(ViewStore.Stored one, Caller caller) {
    return one.ownerId() == caller.agentId()
        || (one.isShared() && caller.may(Permission.BRANDS_MANAGE));
  }

  /**
   * The conditions and the order of a view.
   *
   * @param key a built-in view's name or an id
   */
  ConversationLists.Asked asked(String key, Caller caller) {
    return BuiltInView.named(key)
        .map(one ->
            new ConversationLists.Asked(
                ConversationFilter.of(one.conditions(), caller), ViewSort.newest, false))
        .orElseGet(() -> {
          ViewStore.Stored one = seen(id(key), caller);
          return new ConversationLists.Asked(
              ConversationFilter.of(new Conditions(one.conditions()), caller), one.sort(), true);
        });
  }

  private static long id(String key) {
    if (!key.matches("\\d{1,18}")) {
      throw Problem.invalid(
          "view",
          "A view is one of "
              + String.join(", ", Arrays.stream(BuiltInView.values()).map(Enum::name).toList())
              + ", or the id of a saved one.");
    }
    return Long.parseLong(key);
  }

  private ViewStore.Stored seen(long id, Caller caller) {
    return store
        .find(id)
        .filter(one -> !one.deleted() && has(caller, one))
        .orElseThrow(() -> none(id));
  }

  private static boolean has(Caller caller, ViewStore.Stored one) {
    return one.shared()
        || one.ownerId() == caller.agentId()
        || one.teams().stream().anyMatch(caller.sight().teams()::contains);
  }

  private static Problem none(long id) {
    return Problem.notFound("There is no view " + id + ", or it is not shared with you.");
  }

  private ViewStore.Stored changeable(long id, Caller caller) {
    ViewStore.Stored one =
        store.find(id).filter(found -> has(caller, found)).orElseThrow(() -> none(id));
    if (!mayChange(one, caller)) {
      throw Problem.forbidden(
          "This view belongs to somebody else. Make a copy of your own and change that.");
    }
    return one;
  }

  View get(long id, Caller caller) {
    return seen(seen(id, caller), caller);
  }

  @Transactional
  View create(Caller caller, ViewStore.Content content) {
    if (store.countOf(caller.agentId()) >= MOST) {
      throw Problem.conflict("You have made " + MOST + " views. Delete one first.");
    }
    long id = store.insert(caller.agentId(), checked(content, caller), clock.instant());
    facts.append(caller.actor(), new ViewSaved(id, content.isShared()));
    return get(id, caller);
  }

  @Transactional
  View change(Caller caller, long id, ViewStore.Content content) {
    ViewStore.Stored before = changeable(id, caller);
    if (before.deleted()) {
      throw none(id);
    }
    if (!content.isShared() && before.ownerId() != caller.agentId()) {
      throw Problem.forbidden("Only who made this view can keep it for themselves.");
    }
    store.update(id, checked(content, caller));
    facts.append(caller.actor(), new ViewSaved(id, before.isShared() || content.isShared()));
    return get(id, caller);
  }

  private ViewStore.Content checked(ViewStore.Content content, Caller caller) {
    String name = content.name().strip();
    if (name.isEmpty()
        || name.length() > LONGEST_NAME
        || name.chars().anyMatch(Character::isISOControl)) {
      throw Problem.invalid("name", "A name has 1 to " + LONGEST_NAME + " characters on one line.");
    }
    if (content.isShared() && !caller.may(Permission.CONVERSATIONS_CHANGE)) {
      throw Problem.forbidden("Who only reads keeps their views for themselves.");
    }
    Conditions.checked(content.conditions());
    return new ViewStore.Content(
        name,
        icon(content.icon()),
        content.conditions(),
        content.sort(),
        content.shared(),
        content.shared() ? List.of() : checkedTeams(content.teams()));
  }

  private List<Long> checkedTeams(List<Long> ids) {
    List<Long> distinct = ids.stream().distinct().sorted().toList();
    if (distinct.size() > MOST_TEAMS) {
      throw Problem.invalid("teams", "A view is shared with at most " + MOST_TEAMS + " teams.");
    }
    if (teams.names(distinct).size() != distinct.size()) {
      throw Problem.invalid("teams", "One of these teams does not exist (any more).");
    }
    return distinct;
  }

  private static @Nullable String icon(@Nullable String icon) {
    if (icon == null || icon.isBlank()) {
      return null;
    }
    String one = icon.strip();
    boolean plain =
        one.codePoints()
            .anyMatch(point ->
                Character.isLetter(point)
                    || Character.isISOControl(point)
                    || Character.isWhitespace(point));
    if (one.length() > 24 || plain) {
      throw Problem.invalid("icon", "An icon is one emoji.");
    }
    return one;
  }

  /** Puts a view in the bin, from where it can be taken back for 30 days. */
  @Transactional
  void remove(Caller caller, long id) {
    ViewStore.Stored one = changeable(id, caller);
    if (!one.deleted()) {
      store.setDeleted(id, clock.instant());
      facts.append(caller.actor(), new ViewRemoved(id, one.isShared()));
    }
    store.removeDeletedBefore(clock.instant().minus(IN_THE_BIN));
  }

  @Transactional
  View restore(Caller caller, long id) {
    ViewStore.Stored one = changeable(id, caller);
    if (one.deleted()) {
      store.setDeleted(id, null);
      facts.append(caller.actor(), new ViewSaved(id, one.isShared()));
    }
    return get(id, caller);
  }

  /** Keeps the caller's own order; keys that are unknown are left out. */
  @Transactional
  void arrange(Caller caller, List<String> keys, List<String> hidden) {
    if (keys.size() > 4 * MOST || hidden.size() > 4 * MOST) {
      throw Problem.invalid("keys", "There are at most " + 4 * MOST + " views to arrange.");
    }
    List<String> known = of(caller).stream().map(View::key).toList();
    store.arrange(
        caller.agentId(), new ViewStore.Arrangement(only(keys, known), only(hidden, known)));
  }

  private static List<String> only(List<String> keys, List<String> known) {
    return new LinkedHashSet<>(keys).stream().filter(known::contains).toList();
  }
}
