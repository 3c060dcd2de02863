package dev.shopbell.conversations;

import dev.shopbell.platform.web.Caller;
import dev.shopbell.platform.web.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Reads from the parameters of a request which list it asks for. */
@Component
class AskedLists {
  private final Views views;
  private final TagStore tags;
  private final SearchReader reader;
  private final JsonMapper json;

  AskedLists(Views views, TagStore tags, SearchReader reader, JsonMapper json) {
    this.views = views;
    this.tags = tags;
    this.reader = reader;
    this.json = json;
  }

  /** All of them hold together. */
  record Parameters(
      @Nullable String view,
      @Nullable Status status,
      @Nullable String assignee,
      @Nullable Long brand,
      @Nullable Long customer,
      @Nullable String tag,
      @Nullable String team,
      @Nullable String conditions,
      @Nullable String sort) {}

  ConversationLists.Asked of(Parameters asked, Caller caller) {
    ConversationLists.Asked base =
        asked.view() != null
            ? views.asked(asked.view(), caller)
            : new ConversationLists.Asked(
                ConversationFilter.of(
                    asked.status() == null && asked.conditions() == null
                        ? BuiltInView.all.conditions()
                        : Conditions.NONE,
                    caller),
                ViewSort.newest,
                false);
    ConversationFilter filter = base.filter();
    if (asked.status() != null) {
      filter = filter.and(Condition.is(ConditionField.status, asked.status().name()));
    }
    if (asked.assignee() != null) {
      filter = filter.and(assignee(asked.assignee()));
    }
    if (asked.team() != null) {
      filter = filter.and(Condition.is(ConditionField.team, asked.team()));
    }
    if (asked.brand() != null) {
      filter = filter.and(Condition.is(ConditionField.brand, Long.toString(asked.brand())));
    }
    if (asked.customer() != null) {
      filter = filter.and(Condition.is(ConditionField.customer, Long.toString(asked.customer())));
    }
    if (asked.tag() != null) {
      filter = filter.and(Condition.is(ConditionField.tag, Long.toString(tag(asked.tag()))));
    }
    Conditions more = Conditions.parse(asked.conditions(), json);
    for (Condition one : more.all()) {
      filter = filter.and(one);
    }
    return new ConversationLists.Asked(
        filter,
        asked.sort() == null ? base.sort() : ViewSort.of(asked.sort()),
        base.madeUp() || !more.all().isEmpty());
  }

  /**
   * @param zone in which days are counted
   */
  Search search(String q, @Nullable String zone, Caller caller) {
    return reader.read(q, caller, SearchReader.zone(zone));
  }

  private static Condition assignee(String assignee) {
    if (!assignee.matches("me|none|-?\\d{1,18}")) {
      throw Problem.invalid("assignee", "The assignee is an agent's id, “me” or “none”.");
    }
    return Condition.is(ConditionField.assignee, assignee);
  }

  /** Its id; 0, which no tag has, where there is none of that name. */
  private long tag(String name) {
    return tags.find(name.strip()).map(TagEntry::id).orElse(0L);
  }
}
