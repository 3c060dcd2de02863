package dev.shopbell.conversations;

import dev.shopbell.platform.web.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which conversations a list shows. All conditions hold together.
 *
 * @param view a named set: mine, unassigned, following, open, waiting, snoozed, resolved, spam,
 *     drafts, scheduled, all
 * @param assignee an agent's id, {@code me} or {@code none}
 */
record ConversationFilter(
    @Nullable String view,
    @Nullable Status status,
    @Nullable String assignee,
    @Nullable Long brand,
    @Nullable Long customer,
    @Nullable String tag,
    long me) {

  /** Whether it may leave few conversations. */
  boolean isNarrow() {
    return assignee != null
        || customer != null
        || tag != null
        || (view != null && !view.equals("all") && !view.equals("resolved"))
        || (status != null && status != Status.resolved);
  }

  /** The conditions as SQL over {@code conversation}, and the values of its parameters. */
  record Where(String sql, Map<String, Object> parameters) {}

  Where where() {
    List<String> conditions = new ArrayList<>();
    Map<String, Object> parameters = new LinkedHashMap<>();
    switch (view == null ? (status == null ? "all" : "") : view) {
      case "mine" -> {
        conditions.add("conversation.status = 'open' and conversation.assignee_id = :me");
        parameters.put("me", me);
      }
      case "unassigned" ->
          conditions.add("conversation.status = 'open' and conversation.assignee_id is null");
      case "following" -> {
        conditions.add(
            "conversation.status <> 'spam' and conversation.id in"
                + " (select conversation_id from follower where following and agent_id = :follower)");
        parameters.put("follower", me);
      }
      case "open" -> conditions.add("conversation.status = 'open'");
      case "waiting" -> conditions.add("conversation.status = 'waiting'");
      case "snoozed" -> conditions.add("conversation.status = 'snoozed'");
      case "resolved" -> conditions.add("conversation.status = 'resolved'");
      case "spam" -> conditions.add("conversation.status = 'spam'");
      case "drafts" -> {
        conditions.add(
            "conversation.id in (select conversation_id from draft where agent_id = :me)");
        parameters.put("me", me);
      }
      case "scheduled" ->
          conditions.add(
              "conversation.id in (select conversation_id from message where delivery_state in ('scheduled', 'held'))");
      case "all" -> conditions.add("conversation.status <> 'spam'");
      case "" -> {}
      default ->
          throw Problem.invalid(
              "view",
              "The views are mine, unassigned, following, open, waiting, snoozed, resolved, spam, drafts, scheduled and all.");
    }
    if (status != null) {
      conditions.add("conversation.status = :status");
      parameters.put("status", status.name());
    }
    if (assignee != null) {
      assigned(assignee, conditions, parameters);
    }
    if (brand != null) {
      conditions.add("conversation.brand_id = :brand");
      parameters.put("brand", brand);
    }
    if (customer != null) {
      conditions.add("conversation.customer_id = :customer");
      parameters.put("customer", customer);
    }
    if (tag != null) {
      conditions.add(
          "conversation.tag_ids <> '{}' and conversation.tag_ids @> array(select id from tag where lower(name) = lower(:tag))"
              + " and exists (select from tag where lower(name) = lower(:tag))");
      parameters.put("tag", tag);
    }
    return new Where(String.join(" and ", conditions), parameters);
  }

  private void assigned(String to, List<String> conditions, Map<String, Object> parameters) {
    switch (to) {
      case "none" -> conditions.add("conversation.assignee_id is null");
      case "me" -> {
        conditions.add("conversation.assignee_id = :assignee");
        parameters.put("assignee", me);
      }
      default -> {
        try {
          parameters.put("assignee", Long.parseLong(to));
        } catch (NumberFormatException e) {
          throw Problem.invalid("assignee", "The assignee is an agent's id, “me” or “none”.");
        }
        conditions.add("conversation.assignee_id = :assignee");
      }
    }
  }
}
