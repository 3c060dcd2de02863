package dev.shopbell.conversations;

import static dev.shopbell.Inbox.SHOP;
import static dev.shopbell.Inbox.address;
import static dev.shopbell.Inbox.soon;
import static dev.shopbell.Inbox.word;
import static org.assertj.core.api.Assertions.assertThat;

import dev.shopbell.Api;
import dev.shopbell.Colleague;
import dev.shopbell.Inbox;
import dev.shopbell.Mail;
import dev.shopbell.RunningShopbell;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Changing many conversations at once, and taking it back. */
class BulkChangeTest {
  private final RunningShopbell shopbell = RunningShopbell.shared();
  private final Inbox inbox = new Inbox(shopbell);
  private final Api api = shopbell.api();
  private final JdbcClient jdbc = shopbell.bean(JdbcClient.class);

  private List<Long> begin(int count) {
    List<Mail> mails = new ArrayList<>();
    List<String> from = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      from.add(address("bulk"));
      mails.add(Mail.plain(from.getLast(), SHOP, "One of many", "Where is my parcel?"));
    }
    inbox.take(mails.toArray(Mail[]::new));
    return from.stream().map(inbox::only).toList();
  }

  private JsonNode done(long job) {
    return soon("bulk change " + job)
        .until(() -> api.get("/bulk-changes/" + job), one -> !one.path("finishedAt").isNull());
  }

  private JsonNode change(List<Long> ids, Map<String, Object> action) {
    JsonNode begun =
        api.post("/bulk-changes", Map.of("select", Map.of("ids", ids), "action", action));
    return done(begun.path("id").asLong());
  }

  private JsonNode undo(JsonNode change) {
    JsonNode begun = api.post("/bulk-changes/" + change.path("id").asLong() + "/undo", Map.of());
    return done(begun.path("id").asLong());
  }

  private String value(long id, String field) {
    return inbox.conversation(id).path(field).asString();
  }

  @Test
  void statusesAreChangedAndPutBackAsTheyWere() {
    List<Long> ids = begin(3);
    inbox.setStatus(ids.get(2), "waiting");
    String waited = value(ids.getFirst(), "waitingSince");
    JsonNode resolved = change(ids, Map.of("status", "resolved"));
    assertThat(resolved.path("total").asInt()).isEqualTo(3);
    assertThat(resolved.path("changed").asInt()).isEqualTo(3);
    assertThat(ids).allMatch(id -> inbox.status(id).equals("resolved"));

    JsonNode undone = undo(resolved);
    assertThat(undone.path("changed").asInt()).isEqualTo(3);
    assertThat(ids.stream().map(inbox::status)).containsExactly("open", "open", "waiting");
    assertThat(value(ids.getFirst(), "waitingSince")).isEqualTo(waited);
  }

  @Test
  void undoLeavesWhatSomebodyHasChangedSince() {
    List<Long> ids = begin(3);
    JsonNode spam = change(ids, Map.of("status", "spam"));
    inbox.setStatus(ids.get(1), "waiting");
    JsonNode undone = undo(spam);
    assertThat(undone.path("refused").asInt()).isEqualTo(1);
    JsonNode problem = undone.path("problems").get(0);
    assertThat(problem.path("conversationId").asLong()).isEqualTo(ids.get(1));
    assertThat(problem.path("subject").asString()).isEqualTo("One of many");
    assertThat(problem.path("reason").asString()).contains("changed it since");
    assertThat(ids.stream().map(inbox::status)).containsExactly("open", "waiting", "open");
    assertThat(undo(spam).path("id")).isEqualTo(undone.path("id"));
  }

  @Test
  void tagsAreAddedAndRemovedAndOnlyThosePutBack() {
    List<Long> ids = begin(2);
    String old = word();
    String added = word();
    api.put("/conversations/" + ids.getFirst() + "/tags", Map.of("tags", List.of(old, added)));
    JsonNode changed =
        change(ids, Map.of("addTags", List.of(added), "removeTags", List.of(old.toUpperCase())));
    assertThat(ids).allMatch(id -> tags(id).equals(List.of(added)));
    String later = word();
    api.put("/conversations/" + ids.get(1) + "/tags", Map.of("tags", List.of(added, later)));
    undo(changed);
    assertThat(tags(ids.getFirst())).containsExactlyInAnyOrder(old, added);
    assertThat(tags(ids.get(1))).containsExactly(later);
  }

  private List<String> tags(long id) {
    List<String> names = new ArrayList<>();
    inbox.conversation(id).path("tags").forEach(tag -> names.add(tag.path("name").asString()));
    return names;
  }

  @Test
  void whatIsMarkedAsReadCanBeUnreadAgain() {
    List<Long> ids = begin(2);
    JsonNode read = change(ids, Map.of("read", true));
    assertThat(read.path("changed").asInt()).isEqualTo(2);
    assertThat(ids).noneMatch(id -> inbox.conversation(id).path("unread").asBoolean());
    undo(read);
    assertThat(ids).allMatch(id -> inbox.conversation(id).path("unread").asBoolean());
  }

  @Test
  void oneChangeLeavesTheSameTraceAsMany() {
    List<Long> ids = begin(2);
    long me = api.get("/session").path("agent").path("id").asLong();
    api.put("/conversations/" + ids.getFirst() + "/assignee", Map.of("agentId", me));
    change(List.of(ids.get(1)), Map.of("assign", Map.of("agentId", me)));
    List<JsonNode> events = new ArrayList<>();
    for (long id : ids) {
      List<JsonNode> all = api.all("/conversations/" + id + "/events");
      events.add(all.getLast());
    }
    assertThat(events.get(1).path("name")).isEqualTo(events.getFirst().path("name"));
    assertThat(events.get(1).path("by")).isEqualTo(events.getFirst().path("by"));
    assertThat(events.get(1).path("detail")).isEqualTo(events.getFirst().path("detail"));
  }

  @Test
  void aWholeViewIsChangedButForTheExceptions() {
    List<Long> ids = begin(3);
    String tag = word();
    change(ids, Map.of("addTags", List.of(tag)));
    long tagId = 0;
    for (JsonNode one : api.get("/tags").path("items")) {
      if (one.path("name").asString().equals(tag)) {
        tagId = one.path("id").asLong();
      }
    }
    Map<String, Object> condition =
        Map.of("field", "tag", "operator", "is", "values", List.of(Long.toString(tagId)));
    Map<String, Object> body =
        Map.of(
            "select",
            Map.of("view", "open", "conditions", List.of(condition), "except", ids.subList(0, 1)),
            "action",
            Map.of("priority", "urgent"));
    Map<String, String> key = Map.of("Idempotency-Key", UUID.randomUUID().toString());
    Api.Answer first = api.send("POST", "/bulk-changes", body, key);
    assertThat(first.status()).as(first.body()).isEqualTo(202);
    assertThat(api.send("POST", "/bulk-changes", body, key).body()).isEqualTo(first.body());
    JsonNode changed = done(first.json().path("id").asLong());
    assertThat(changed.path("changed").asInt()).isEqualTo(2);
    assertThat(ids.stream().map(id -> value(id, "priority")))
        .containsExactly("normal", "urgent", "urgent");
  }

  @Test
  void whatIsNotThereIsReported() {
    long id = begin(1).getFirst();
    JsonNode changed = change(List.of(id, 999_999_999L), Map.of("priority", "low"));
    assertThat(changed.path("changed").asInt()).isEqualTo(1);
    assertThat(changed.path("problems").get(0).path("reason").asString())
        .contains("no such conversation");
    assertThat(change(List.of(id), Map.of("priority", "low")).path("unchanged").asInt())
        .isEqualTo(1);
    Api colleague = Colleague.joins(shopbell, "agent");
    String path = "/bulk-changes/" + changed.path("id").asLong();
    assertThat(colleague.send("GET", path, null, Map.of()).status()).isEqualTo(404);
    assertThat(colleague.send("POST", path + "/undo", Map.of(), Map.of()).status()).isEqualTo(404);
  }

  @Test
  void whatCannotBeDoneIsRefusedAtOnce() {
    List<Long> ids = begin(1);
    for (Map<String, Object> action :
        List.<Map<String, Object>>of(
            Map.of(),
            Map.of("status", "snoozed", "snoozedUntil", "2020-01-01T00:00:00Z"),
            Map.of("status", "open", "priority", "low"),
            Map.of("addTags", List.of()),
            Map.of("addTags", List.of(" ")))) {
      Map<String, Object> body = Map.of("select", Map.of("ids", ids), "action", action);
      assertThat(api.send("POST", "/bulk-changes", body, Map.of()).status())
          .as(action.toString())
          .isEqualTo(422);
    }
    Map<String, Object> nothing = Map.of("select", Map.of(), "action", Map.of("priority", "low"));
    assertThat(api.send("POST", "/bulk-changes", nothing, Map.of()).status()).isEqualTo(422);
  }

  @Test
  void fiveThousandAreChangedOnceEachThoughTheDatabaseBreaksOffInBetween() {
    long id = begin(1).getFirst();
    String mark = word();
    jdbc.sql(
            """
            insert into conversation (brand_id, customer_id, subject, status, preview, last_message_at,
              last_direction, channel, message_count, created_at)
            select brand_id, customer_id, :mark, 'resolved', '', created_at, 'inbound', channel, 0, created_at
            from conversation, generate_series(1, 5000) where id = :id
            """)
        .param("mark", mark)
        .param("id", id)
        .update();
    Map<String, Object> condition =
        Map.of("field", "subject", "operator", "has", "values", List.of(mark));
    long job =
        api.post(
                "/bulk-changes",
                Map.of(
                    "select",
                    Map.of("conditions", List.of(condition)),
                    "action",
                    Map.of("priority", "high")))
            .path("id")
            .asLong();
    soon("some are changed")
        .until(() -> api.get("/bulk-changes/" + job).path("changed").asInt() > 200);
    soon("a batch is torn apart")
        .until(() ->
            jdbc.sql(
                        """
                        select count(pg_terminate_backend(pid)) from pg_stat_activity
                        where datname = current_database() and pid <> pg_backend_pid()
                          and state in ('active', 'idle in transaction') and query ~ 'conversation|insert into fact'
                        """)
                    .query(Long.class)
                    .single()
                > 0);
    JsonNode changed =
        soon("all are changed")
            .ignoreExceptions()
            .until(
                () -> api.send("GET", "/bulk-changes/" + job, null, Map.of()).json(),
                one -> !one.path("finishedAt").isNull() && one.has("total"));
    assertThat(changed.path("changed").asInt()).isEqualTo(5_000);
    assertThat(
            count(
                "select count(*) from conversation where priority = 'high' and subject = ?", mark))
        .isEqualTo(5_000);
    String traces =
        """
        select count(*) from fact join conversation on conversation.id = fact.conversation_id
        where fact.name = 'ConversationPriorityChanged' and conversation.subject = ?
        """;
    assertThat(count(traces, mark)).isEqualTo(5_000);
    jdbc.sql("delete from conversation where subject = ?").param(mark).update();
  }

  private long count(String sql, String mark) {
    return jdbc.sql(sql).param(mark).query(Long.class).single();
  }
}
