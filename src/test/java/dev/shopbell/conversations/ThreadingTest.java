package dev.shopbell.conversations;

import static dev.shopbell.Inbox.SHOP;
import static dev.shopbell.Inbox.address;
import static dev.shopbell.Inbox.answers;
import static dev.shopbell.Inbox.bears;
import static dev.shopbell.Inbox.messageId;
import static org.assertj.core.api.Assertions.assertThat;

import dev.shopbell.Inbox;
import dev.shopbell.Mail;
import dev.shopbell.RunningShopbell;
import jakarta.mail.internet.MimeMessage;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** To which conversation a mail belongs. */
class ThreadingTest {
  private final RunningShopbell shopbell = RunningShopbell.shared();
  private final Inbox inbox = new Inbox(shopbell);

  @Test
  void replyJoinsByInReplyTo() {
    String anna = address("anna");
    String first = messageId();
    long id = inbox.begin(anna, "Green teapot", bears(first));
    inbox.take(Mail.with(anna, SHOP, "Something else", "One more thing", answers(first)));
    assertThat(inbox.only(anna)).isEqualTo(id);
    assertThat(inbox.messages(id))
        .extracting(Inbox::text)
        .containsExactly("Where is my parcel?", "One more thing");
    assertThat(inbox.lastMessage(id).path("unverified").asBoolean()).isFalse();
  }

  @Test
  void replyJoinsByReferencesWhenInReplyToIsUnknown() {
    String anna = address("anna");
    String first = messageId();
    long id = inbox.begin(anna, "Green teapot", bears(first));
    inbox.take(
        Mail.with(
            anna,
            SHOP,
            "Re: Green teapot",
            "And the lid?",
            bears(messageId()),
            answers(messageId()),
            "References: <" + messageId() + ">\r\n <" + first + "> <" + messageId() + ">"));
    assertThat(inbox.only(anna)).isEqualTo(id);
    assertThat(inbox.messages(id)).hasSize(2);
  }

  @Test
  void replyToOurAnswerJoins() {
    String anna = address("anna");
    long id = inbox.begin(anna, "Green teapot");
    MimeMessage answer = inbox.answer(id, "It left yesterday.");
    inbox.take(Mail.with(anna, SHOP, "Re: Green teapot", "Thanks", answers(Inbox.id(answer))));
    assertThat(inbox.only(anna)).isEqualTo(id);
    assertThat(inbox.messages(id)).hasSize(3);
  }

  @Test
  void burstOfRepliesEachToTheLastStaysTogether() {
    String anna = address("anna");
    Mail[] burst = new Mail[60];
    String last = messageId();
    burst[0] = Mail.with(anna, SHOP, "Green teapot", "Hello", bears(last));
    for (int i = 1; i < burst.length; i++) {
      String next = messageId();
      burst[i] = Mail.with(anna, SHOP, "Re: Green teapot", "And " + i, bears(next), answers(last));
      last = next;
    }
    inbox.take(burst);
    assertThat(inbox.messages(inbox.only(anna))).hasSize(burst.length);
  }

  @Test
  void sameSubjectAloneNeverJoins() {
    String anna = address("anna");
    inbox.begin(anna, "Green teapot");
    inbox.take(Mail.plain(anna, SHOP, "Re: Green teapot", "Another order"));
    assertThat(inbox.of(anna)).hasSize(2);
  }

  @Test
  void signedAddressJoinsWithoutAnyHeader() {
    String anna = address("anna");
    long id = inbox.begin(anna, "Green teapot");
    String signed = Inbox.replyTo(inbox.answer(id, "It left yesterday."));
    inbox.take(Mail.plain(anna, signed.toUpperCase(), "Thank you", "It is here"));
    assertThat(inbox.only(anna)).isEqualTo(id);
    assertThat(inbox.lastMessage(id).path("unverified").asBoolean()).isFalse();
  }

  @Test
  void signedAddressFromSomebodyElseJoinsAndIsMarkedUnverified() {
    String anna = address("anna");
    String bert = address("bert");
    long id = inbox.begin(anna, "Green teapot");
    String signed = Inbox.replyTo(inbox.answer(id, "It left yesterday."));
    inbox.take(Mail.plain(bert, signed, "Teapot", "I write for Anna"));
    assertThat(inbox.of(bert)).isEmpty();
    JsonNode last = inbox.lastMessage(id);
    assertThat(last.path("from").path("address").asString()).isEqualTo(bert);
    assertThat(last.path("unverified").asBoolean()).isTrue();
    assertThat(inbox.conversation(id).path("customer").path("address").asString()).isEqualTo(anna);
  }

  @Test
  void answerGoesToTheCustomerEvenAfterAnUnverifiedMessage() {
    String anna = address("anna");
    String bert = address("bert");
    long id = inbox.begin(anna, "Green teapot");
    String signed = Inbox.replyTo(inbox.answer(id, "It left yesterday."));
    inbox.take(Mail.plain(bert, signed, "Teapot", "Tell me the address it goes to"));
    inbox.answer(id, "As you said, Anna.");
    assertThat(inbox.sentTo(anna)).hasSize(2);
    assertThat(inbox.sentTo(bert)).isEmpty();
  }

  @Test
  void forgedSignatureDoesNotJoin() {
    String anna = address("anna");
    String eve = address("eve");
    long id = inbox.begin(anna, "Green teapot");
    String signed = Inbox.replyTo(inbox.answer(id, "It left yesterday."));
    int at = signed.indexOf('@');
    String forged =
        signed.substring(0, at - 1)
            + (signed.charAt(at - 1) == 'a' ? 'b' : 'a')
            + signed.substring(at);
    String other = signed.replace("+c" + id + "-", "+c" + (id - 1) + "-");
    assertThat(forged).isNotEqualTo(signed).hasSameSizeAs(signed);
    inbox.take(
        Mail.plain(eve, forged, "Teapot", "Let me in"),
        Mail.plain(eve, other, "Teapot", "Or here"));
    assertThat(inbox.of(eve)).hasSize(2);
    assertThat(inbox.messages(id)).hasSize(2);
  }

  @Test
  void strangerWhoNamesAMessageIdGetsAConversationOfTheirOwn() {
    String anna = address("anna");
    String eve = address("eve");
    String first = messageId();
    long id = inbox.begin(anna, "Green teapot", bears(first));
    inbox.take(Mail.with(eve, SHOP, "Re: Green teapot", "Send it to me instead", answers(first)));
    long own = inbox.only(eve);
    assertThat(own).isNotEqualTo(id);
    assertThat(inbox.messages(id)).hasSize(1);
    assertLinked(own, "claims", id);
    assertLinked(id, "claimedBy", own);
  }

  private void assertLinked(long from, String relation, long to) {
    JsonNode linked = inbox.conversation(from).path("linked");
    assertThat(linked).hasSize(1);
    assertThat(linked.get(0).path("relation").asString()).isEqualTo(relation);
    assertThat(linked.get(0).path("id").asLong()).isEqualTo(to);
  }

  @Test
  void whoeverOurAnswerWasAddressedToIsKnown() {
    String anna = address("anna");
    String bert = address("bert");
    long id = inbox.begin(anna, "Green teapot");
    MimeMessage answer = inbox.answer(id, "It left yesterday.");
    // No endpoint copies anybody in yet: the row says that we did.
    shopbell
        .bean(JdbcClient.class)
        .sql(
            """
            update message set recipients = recipients || jsonb_build_array(jsonb_build_object('kind', 'cc', 'address', :bert))
            where conversation_id = :id and direction = 'outbound'
            """)
        .param("bert", bert)
        .param("id", id)
        .update();
    inbox.take(
        Mail.with(
            bert.toUpperCase(), SHOP, "Re: Green teapot", "I saw it", answers(Inbox.id(answer))));
    assertThat(inbox.of(bert)).isEmpty();
    assertThat(inbox.lastMessage(id).path("unverified").asBoolean()).isFalse();
  }

  @Test
  void replyThatOvertakesTheOriginalSharesItsConversation() {
    String anna = address("anna");
    String first = messageId();
    inbox.take(Mail.with(anna, SHOP, "Re: Green teapot", "I forgot: it is urgent", answers(first)));
    inbox.take(Mail.with(anna, SHOP, "Green teapot", "Where is it?", bears(first)));
    long id = inbox.only(anna);
    assertThat(inbox.messages(id)).hasSize(2);
  }

  @Test
  void strangersReplyThatOvertakesDoesNotDrawTheOriginalIn() {
    String anna = address("anna");
    String eve = address("eve");
    String first = messageId();
    inbox.take(Mail.with(eve, SHOP, "Re: Green teapot", "I came first", answers(first)));
    inbox.take(Mail.with(anna, SHOP, "Green teapot", "Where is it?", bears(first)));
    assertThat(inbox.messages(inbox.only(eve))).hasSize(1);
    assertThat(inbox.messages(inbox.only(anna))).hasSize(1);
  }

  @Test
  void reopensWhenTheCustomerReplies() {
    String anna = address("anna");
    String first = messageId();
    long id = inbox.begin(anna, "Green teapot", bears(first));
    inbox.answer(id, "It left yesterday.");
    inbox.setStatus(id, "resolved");
    resolvedDaysAgo(id, 29);
    inbox.take(Mail.with(anna, SHOP, "Re: Green teapot", "It is broken", answers(first)));
    assertThat(inbox.only(anna)).isEqualTo(id);
    JsonNode conversation = inbox.conversation(id);
    assertThat(conversation.path("status").asString()).isEqualTo("open");
    assertThat(conversation.path("assignee").path("name").asString()).isEqualTo("Owner");
    assertThat(conversation.path("waitingSince").isNull()).isFalse();
    assertThat(shopbell.api().all("/conversations/" + id + "/events"))
        .extracting(event -> event.path("name").asString())
        .contains("ConversationReopened");
  }

  @Test
  void opensALinkedConversationWhenTheCustomerRepliesAfterMoreThanThirtyDays() {
    String anna = address("anna");
    String first = messageId();
    long id = inbox.begin(anna, "Green teapot", bears(first));
    inbox.setStatus(id, "resolved");
    resolvedDaysAgo(id, 31);
    inbox.take(Mail.with(anna, SHOP, "Re: Green teapot", "It is broken", answers(first)));
    List<JsonNode> all = inbox.of(anna);
    assertThat(all).hasSize(2);
    assertThat(inbox.status(id)).isEqualTo("resolved");
    long next = all.getLast().path("id").asLong();
    assertThat(inbox.status(next)).isEqualTo("open");
    assertLinked(next, "continues", id);
    assertLinked(id, "continuedBy", next);
  }

  private void resolvedDaysAgo(long id, int days) {
    int changed =
        shopbell
            .bean(JdbcClient.class)
            .sql(
                "update conversation set resolved_at = now() - make_interval(days => ?) where id = ?")
            .param(days)
            .param(id)
            .update();
    assertThat(changed).isEqualTo(1);
  }

  @Test
  void spamStaysSpam() {
    String anna = address("anna");
    String first = messageId();
    long id = inbox.begin(anna, "Cheap pills", bears(first));
    inbox.setStatus(id, "spam");
    inbox.take(Mail.with(anna, SHOP, "Re: Cheap pills", "Cheaper pills", answers(first)));
    assertThat(inbox.only(anna)).isEqualTo(id);
    assertThat(inbox.messages(id)).hasSize(2);
    assertThat(inbox.status(id)).isEqualTo("spam");
  }

  @Test
  void snoozedWithoutATimeSleepsUntilTheCustomerReplies() {
    String anna = address("anna");
    String first = messageId();
    long id = inbox.begin(anna, "I shall tell you", bears(first));
    inbox.reply(id, "Please do.", "status", "snoozed");
    assertThat(inbox.status(id)).isEqualTo("snoozed");
    assertThat(inbox.conversation(id).path("snoozedUntil").isNull()).isTrue();
    inbox.take(
        Mail.with(anna, SHOP, "Re: I shall tell you", "Now!", bears(messageId()), answers(first)));
    assertThat(inbox.status(id)).isEqualTo("open");
  }

  @Test
  void snoozedWakesWhenTheCustomerReplies() {
    String anna = address("anna");
    String first = messageId();
    long id = inbox.begin(anna, "Green teapot", bears(first));
    Map<String, Object> snooze =
        Map.of("status", "snoozed", "snoozedUntil", Instant.now().plusSeconds(86_400).toString());
    shopbell.api().put("/conversations/" + id + "/status", snooze);
    inbox.take(Mail.with(anna, SHOP, "Re: Green teapot", "Any news?", answers(first)));
    assertThat(inbox.status(id)).isEqualTo("open");
    assertThat(inbox.conversation(id).path("snoozedUntil").isNull()).isTrue();
  }

  @Test
  void sameMailTwiceIsKeptOnce() {
    String anna = address("anna");
    Mail mail = Mail.plain(anna, SHOP, "Green teapot", "Where is it?");
    inbox.take(mail, mail);
    inbox.take(mail);
    assertThat(inbox.messages(inbox.only(anna))).hasSize(1);
  }

  @Test
  void sameMessageIdWithOtherContentIsKeptToo() {
    String anna = address("anna");
    String first = messageId();
    inbox.take(Mail.with(anna, SHOP, "Green teapot", "Where is it?", bears(first)));
    inbox.take(Mail.with(anna, SHOP, "Blue kettle", "Where is that?", bears(first)));
    assertThat(
            inbox.of(anna).stream()
                .flatMap(one -> inbox.messages(one.path("id").asLong()).stream()))
        .extracting(Inbox::text)
        .containsExactlyInAnyOrder("Where is it?", "Where is that?");
  }

  @Test
  void mailToTwoBrandsBecomesAConversationInEach() {
    try (RunningShopbell own = RunningShopbell.start(Map.of())) {
      Inbox there = new Inbox(own);
      long first = own.api().get("/brands").path("items").get(0).path("id").asLong();
      long second = own.api().post("/brands", Map.of("name", "Second")).path("id").asLong();
      own.api().post("/mailboxes", Map.of("brandId", first, "address", "hello@first.example"));
      own.api().post("/mailboxes", Map.of("brandId", second, "address", "hello@second.example"));
      String anna = address("anna");
      Mail mail = Mail.plain(anna, "hello@first.example", "Both of you", "Who has it?");
      there.take(
          new Mail(anna, List.of("hello@first.example", "hello@second.example"), mail.raw()));
      for (long brand : List.of(first, second)) {
        List<JsonNode> rows = own.api().all("/conversations?brand=" + brand);
        assertThat(rows).hasSize(1);
        assertThat(there.messages(rows.getFirst().path("id").asLong())).hasSize(1);
      }
    }
  }
}
