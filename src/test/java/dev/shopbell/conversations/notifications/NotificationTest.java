package dev.shopbell.conversations.notifications;

import static dev.shopbell.Inbox.SHOP;
import static dev.shopbell.Inbox.address;
import static dev.shopbell.Inbox.answers;
import static dev.shopbell.Inbox.bears;
import static dev.shopbell.Inbox.messageId;
import static dev.shopbell.Inbox.soon;
import static org.assertj.core.api.Assertions.assertThat;

import dev.shopbell.Api;
import dev.shopbell.Colleague;
import dev.shopbell.Inbox;
import dev.shopbell.Mail;
import dev.shopbell.OpenDesk;
import dev.shopbell.RunningShopbell;
import dev.shopbell.conversations.ConversationAssigned;
import dev.shopbell.conversations.NoteAdded;
import dev.shopbell.platform.facts.FactPosition;
import dev.shopbell.platform.facts.Facts;
import dev.shopbell.platform.facts.StoredFact;
import dev.shopbell.platform.live.LiveCompany;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

/** Each agent is told what concerns them: once, in one line, and never of their own deeds. */
class NotificationTest {
  private final RunningShopbell shopbell = RunningShopbell.shared();
  private final Inbox inbox = new Inbox(shopbell);
  private final Api owner = shopbell.api();
  private final Api bea = Colleague.joins(shopbell, "agent");
  private final JsonNode me = bea.get("/session").path("agent");
  private final long beaId = me.path("id").asLong();
  private final String anna = address("anna");
  private final long conversation = inbox.begin(anna, "Teapot", bears(anna));

  private void assignToBea() {
    owner.put("/conversations/" + conversation + "/assignee", Map.of("agentId", beaId));
  }

  private void annaWrites(String text) {
    inbox.take(Mail.with(anna, SHOP, "Re: Teapot", text, answers(anna), bears(messageId())));
  }

  private JsonNode note(Api by, String html) {
    return by.post("/conversations/" + conversation + "/notes", Map.of("html", html));
  }

  private static String mention(long id, String name) {
    return "<p>Ask <span data-mention=\"" + id + "\">@" + name + "</span> please</p>";
  }

  private List<JsonNode> lines(Api of) {
    return of.all("/me/notifications");
  }

  /** The newest line of the conversation once it is as it must be. */
  private JsonNode line(Api of, Predicate<JsonNode> expected) {
    return soon("the notification")
        .until(
            () ->
                lines(of).stream()
                    .filter(one -> one.path("conversationId").asLong() == conversation)
                    .findFirst()
                    .orElse(null),
            one -> one != null && expected.test(one));
  }

  private static Predicate<JsonNode> kind(String kind) {
    return line -> line.path("kind").asString().equals(kind);
  }

  private void see() {
    bea.post("/me/notifications/seen", Map.of("conversationId", conversation));
  }

  @Test
  void aMentionFindsAColleague() {
    JsonNode written =
        note(owner, mention(beaId, "Somebody else") + mention(999_999_999, "Nobody"));
    assertThat(written.path("mentions").valueStream().map(JsonNode::asLong)).containsExactly(beaId);
    assertThat(written.path("html").asString())
        .contains("<span data-mention=\"" + beaId + "\">@Colleague</span>", "@Nobody")
        .doesNotContain("Somebody else", "999999999");
    JsonNode line = line(bea, kind("mentioned"));
    assertThat(line.path("actor").path("name").asString()).isNotEmpty();
    assertThat(line.path("messageId").asLong()).isEqualTo(written.path("id").asLong());
    assertThat(bea.get("/me/notifications/counters").path("mentions").asInt()).isEqualTo(1);
    assertThat(followers()).contains(beaId);
    assertThat(bea.all("/conversations?view=following"))
        .extracting(row -> row.path("id").asLong())
        .containsExactly(conversation);
  }

  @Test
  void whatCustomersGetNamesNoColleague() {
    JsonNode sent =
        owner.post(
            "/conversations/" + conversation + "/replies",
            Map.of("html", mention(beaId, "Colleague")));
    assertThat(sent.path("html").asString()).doesNotContain("data-mention").contains("@Colleague");
    assertThat(sent.path("mentions").size()).isZero();
  }

  private List<Long> followers() {
    return owner.all("/conversations/" + conversation + "/followers").stream()
        .map(one -> one.path("id").asLong())
        .toList();
  }

  @Test
  void manyMessagesAreOneLineUntilItIsSeen() {
    assignToBea();
    for (String text : List.of("One", "Two", "Three")) {
      annaWrites(text);
    }
    JsonNode line = line(bea, one -> one.path("count").asInt() == 4);
    assertThat(line.path("kind").asString()).isEqualTo("assigned");
    assertThat(line.path("kinds").valueStream().map(JsonNode::asString))
        .containsExactly("assigned", "answered");
    assertThat(bea.get("/me/notifications/counters").path("unread").asInt()).isEqualTo(1);

    see();
    assertThat(bea.get("/me/notifications/counters").path("unread").asInt()).isZero();
    annaWrites("Four");
    line(bea, one -> one.path("count").asInt() == 1 && one.path("seenAt").isNull());
    assertThat(lines(bea)).hasSize(2);

    bea.put("/me/notifications/" + line.path("id").asLong() + "/unseen", Map.of());
    line(bea, one -> one.path("count").asInt() == 5);
  }

  @Test
  void nobodyIsToldOfTheirOwnDeeds() {
    bea.put("/conversations/" + conversation + "/assignee", Map.of("agentId", beaId));
    note(bea, mention(beaId, "Colleague"));
    annaWrites("Hello?");
    JsonNode line = line(bea, kind("answered"));
    assertThat(line.path("count").asInt()).isEqualTo(1);
  }

  @Test
  void whoFollowsHearsUntilTheyStop() {
    bea.put("/conversations/" + conversation + "/followers/me", Map.of());
    note(owner, "<p>Look at this</p>");
    line(bea, kind("followed"));
    see();
    bea.delete("/conversations/" + conversation + "/followers/me");
    inbox.answer(conversation, "On its way");
    bea.post("/conversations/" + conversation + "/replies", Map.of("text", "And more"));
    note(owner, "<p>Done</p>");
    // The mention comes after all that, and makes nobody follow again who has stopped.
    note(owner, mention(beaId, "Colleague"));
    assertThat(line(bea, kind("mentioned")).path("count").asInt()).isEqualTo(1);
    assertThat(followers()).doesNotContain(beaId);
  }

  @Test
  void whoAnswersFollows() {
    assignToBea();
    Api carl = Colleague.joins(shopbell, "agent");
    carl.post("/conversations/" + conversation + "/replies", Map.of("text", "Let me help"));
    soon("carl follows")
        .until(() -> followers().contains(carl.get("/session").path("agent").path("id").asLong()));
    annaWrites("Thank you");
    line(carl, kind("followed"));
  }

  @Test
  void whatDoesNotLeaveAndWhatComesBackIsTold() {
    assignToBea();
    bea.post(
        "/conversations/" + conversation + "/replies",
        Map.of("text", "Later", "sendAt", Instant.now().plusSeconds(3_600).toString()));
    annaWrites("Wait!");
    line(bea, one -> one.path("kinds").toString().contains("held"));
    see();
    bea.put(
        "/conversations/" + conversation + "/status",
        Map.of("status", "snoozed", "snoozedUntil", Instant.now().plusMillis(700).toString()));
    line(bea, kind("woken"));
  }

  @Test
  void factsThatAreReadAgainTellNothingNew() {
    assignToBea();
    note(owner, mention(beaId, "Colleague"));
    line(bea, one -> one.path("count").asInt() == 2);
    List<StoredFact> all =
        shopbell.bean(Facts.class).after(newestBefore(conversation), 500).stream()
            .filter(fact -> Objects.equals(fact.conversationId(), conversation))
            .filter(fact -> fact.is(ConversationAssigned.class) || fact.is(NoteAdded.class))
            .toList();
    assertThat(all).hasSize(2);
    shopbell
        .bean(TransactionTemplate.class)
        .executeWithoutResult(status -> shopbell.bean(NotifyAgents.class).read(all));
    assertThat(line(bea, one -> true).path("count").asInt()).isEqualTo(2);
  }

  private FactPosition newestBefore(long id) {
    return shopbell
        .bean(JdbcClient.class)
        .sql(
            "select xid::text, id - 1 from fact where conversation_id = ? order by xid, id limit 1")
        .param(id)
        .query(
            (row, n) -> new FactPosition(Long.parseUnsignedLong(row.getString(1)), row.getLong(2)))
        .single();
  }

  @Test
  void mailWaitsUntilItHasNotBeenSeen() {
    assignToBea();
    Instant due =
        soon("the mail that waits")
            .until(
                () ->
                    shopbell
                        .bean(JdbcClient.class)
                        .sql(
                            """
                            select execution_time from scheduled_tasks join notification on id::text = task_instance
                            where task_name = 'TellAgent' and agent_id = ?
                            """)
                        .param(beaId)
                        .query((row, n) -> row.getTimestamp(1).toInstant())
                        .list()
                        .stream()
                        .findFirst()
                        .orElse(Instant.EPOCH),
                at -> at.isAfter(Instant.now().plusSeconds(200)));
    assertThat(due).isBefore(Instant.now().plusSeconds(301));
  }

  @Test
  void whoHasItBeforeThemIsNotTold() {
    assignToBea();
    line(bea, kind("assigned"));
    try (OpenDesk desk = OpenDesk.of(shopbell, bea.token());
        OpenDesk owners = OpenDesk.of(shopbell, RunningShopbell.TOKEN)) {
      desk.isAt(conversation, "reading");
      soon("the server knows")
          .until(() -> shopbell.bean(LiveCompany.class).looksAt(beaId, conversation));
      annaWrites("Can you hear me?");
      desk.await("the message", frame -> frame.path("name").asString("").equals("MessageReceived"));
      soon("it has been decided that she need not be told").until(this::allIsDecided);
      desk.isHere(false);
      soon("bea has left")
          .until(() -> !shopbell.bean(LiveCompany.class).looksAt(beaId, conversation));
      annaWrites("And now?");
      line(bea, one -> one.path("kinds").toString().contains("answered"));
      desk.await(
          "a word of it", frame -> frame.path("name").asString("").equals("NotificationsChanged"));
      assertThat(owners.frames())
          .noneMatch(frame -> frame.path("name").asString("").equals("NotificationsChanged"));
    }
    assertThat(line(bea, one -> true).path("count").asInt()).isEqualTo(2);
  }

  private boolean allIsDecided() {
    return shopbell
        .bean(JdbcClient.class)
        .sql(
            """
            select not exists (select from fact, consumer where consumer.name = 'NotifyAgents'
              and (fact.xid, fact.id) > (consumer.xid, consumer.id) and fact.name = 'MessageReceived')
            """)
        .query(Boolean.class)
        .single();
  }

  @Test
  void settingsAreCheckedAndKept() {
    Map<String, Object> wanted =
        new HashMap<>(
            Map.of(
                "choices",
                List.of(Map.of("kind", "mentioned", "desk", true, "mail", false, "push", false)),
                "mailAfterMinutes",
                30,
                "quietFrom",
                "22:00",
                "quietUntil",
                "07:00",
                "timeZone",
                "Europe/Berlin",
                "pushWords",
                true,
                "followAnswered",
                false));
    JsonNode saved = bea.put("/me/notification-settings", wanted);
    assertThat(bea.get("/me/notification-settings")).isEqualTo(saved);
    assertThat(saved.path("choices").get(0).path("mail").asBoolean()).isFalse();
    assertThat(saved.path("choices").size()).isEqualTo(9);
    JsonNode paused = bea.put("/me/notification-settings/pause", Map.of("minutes", 60));
    assertThat(Instant.parse(paused.path("pausedUntil").asString()))
        .isAfter(Instant.now().plusSeconds(3_500));
    for (Map.Entry<String, Object> wrong :
        Map.<String, Object>of(
                "timeZone", "Nowhere", "quietFrom", "25:00", "mailAfterMinutes", 5_000)
            .entrySet()) {
      Map<String, Object> broken = new HashMap<>(wanted);
      broken.put(wrong.getKey(), wrong.getValue());
      assertThat(bea.send("PUT", "/me/notification-settings", broken, Map.of()).status())
          .as(wrong.getKey())
          .isEqualTo(422);
    }
  }

  @Test
  void quietHoursEndInTheAgentsOwnMorning() {
    NotificationSettings nights =
        new NotificationSettings(
            List.of(), 5, "22:00", "07:00", "Europe/Berlin", null, false, true);
    assertThat(nights.quietUntil(Instant.parse("2026-01-10T21:30:00Z")))
        .isEqualTo("2026-01-11T06:00:00Z");
    assertThat(nights.quietUntil(Instant.parse("2026-01-10T05:59:00Z")))
        .isEqualTo("2026-01-10T06:00:00Z");
    assertThat(nights.quietUntil(Instant.parse("2026-01-10T06:00:00Z"))).isNull();
    assertThat(nights.quietUntil(Instant.parse("2026-07-10T20:30:00Z")))
        .isEqualTo("2026-07-11T05:00:00Z");
  }
}
