package dev.shopbell.channels.email;

import static dev.shopbell.Inbox.SHOP;
import static dev.shopbell.Inbox.address;
import static dev.shopbell.Inbox.answers;
import static dev.shopbell.Inbox.bears;
import static dev.shopbell.Inbox.header;
import static dev.shopbell.Inbox.messageId;
import static dev.shopbell.Inbox.soon;
import static org.assertj.core.api.Assertions.assertThat;

import dev.shopbell.Api;
import dev.shopbell.Colleague;
import dev.shopbell.Inbox;
import dev.shopbell.Mail;
import dev.shopbell.RunningShopbell;
import dev.shopbell.conversations.Arrival;
import dev.shopbell.conversations.Assessment;
import dev.shopbell.conversations.Authentication;
import dev.shopbell.conversations.Correspondent;
import dev.shopbell.conversations.Incoming;
import dev.shopbell.conversations.MessageKind;
import jakarta.mail.Multipart;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

/** Agents are told by mail, and answer from their own mail program. */
class AgentMailTest {
  private final RunningShopbell shopbell = RunningShopbell.shared();
  private final Inbox inbox = new Inbox(shopbell);
  private final Api agent = Colleague.joins(shopbell, "agent");
  private final JsonNode me = agent.get("/session").path("agent");
  private final String mine = me.path("email").asString();
  private final String anna = address("anna");

  /** Mail at once, as nobody but a test wants it. */
  @BeforeEach
  void mailAtOnce() {
    mail(false);
  }

  private void mail(boolean unassigned) {
    agent.put(
        "/me/notification-settings",
        Map.of(
            "choices",
            List.of(Map.of("kind", "unassigned", "desk", false, "mail", unassigned, "push", false)),
            "mailAfterMinutes",
            0,
            "timeZone",
            "UTC",
            "pushWords",
            false,
            "followAnswered",
            true));
  }

  /** A conversation of a customer, assigned to the agent by somebody else. */
  private long assigned() {
    long id = start();
    assign(id);
    return id;
  }

  private long start() {
    inbox.take(
        Mail.with(
            "Anna Ångström <" + anna + ">",
            SHOP,
            "Green teapot",
            "Where is my parcel?",
            bears(anna)));
    return inbox.only(anna);
  }

  private void assign(long id) {
    shopbell
        .api()
        .put("/conversations/" + id + "/assignee", Map.of("agentId", me.path("id").asLong()));
  }

  /** The mails to the agent, as many as there must be. */
  private List<MimeMessage> told(int count) {
    return soon(count + " mails to the agent")
        .until(() -> inbox.sentTo(mine), mails -> mails.size() >= count);
  }

  private static String plain(MimeMessage mail) throws Exception {
    return (String) ((Multipart) mail.getContent()).getBodyPart(0).getContent();
  }

  @Test
  void agentIsToldWhatTheCustomerWrote() throws Exception {
    long id = assigned();
    MimeMessage mail = told(1).getLast();
    InternetAddress from = (InternetAddress) mail.getFrom()[0];
    assertThat(from.getAddress()).isEqualTo(SHOP);
    assertThat(from.getPersonal()).startsWith("Anna Ångström (via ");
    assertThat(header(mail, "Subject")).isEqualTo("Green teapot");
    assertThat(Inbox.replyTo(mail))
        .matches("hello\\+a" + id + "-" + me.path("id").asLong() + "-[a-z2-7]{16}@shop\\.example");
    assertThat(header(mail, "Return-Path")).contains(Inbox.replyTo(mail));
    assertThat(header(mail, "Auto-Submitted")).isEqualTo("auto-generated");
    assertThat(header(mail, "X-Auto-Response-Suppress")).isEqualTo("All");
    assertThat(plain(mail))
        .startsWith("Where is my parcel?\r\n")
        .contains("Anna Ångström <" + anna + ">", "/inbox/all/" + id);

    inbox.take(
        Mail.with(anna, SHOP, "Re: Green teapot", "Hello?", answers(anna), bears(messageId())));
    MimeMessage next = told(2).getLast();
    assertThat(header(next, "References").split("\\s+")[0])
        .isEqualTo(header(mail, "References").split("\\s+")[0]);
    assertThat(Inbox.id(next)).isNotEqualTo(Inbox.id(mail));
  }

  @Test
  void answerByMailGoesOutAsTheAgents() throws Exception {
    long id = assigned();
    MimeMessage mail = told(1).getLast();
    String once = messageId();
    Mail answer =
        answer(
            mine,
            Inbox.replyTo(mail),
            once,
            mail,
            "It left yesterday.\n\nOn Mon, 2 Mar 2026 at 09:00, Anna (via My shop) <"
                + SHOP
                + "> wrote:\n> Where is my parcel?\n\n-- \nSent by hand");
    inbox.take(answer, answer);
    assertThat(inbox.messages(id)).hasSize(2);
    JsonNode sent = inbox.lastMessage(id);
    assertThat(sent.path("direction").asString()).isEqualTo("outbound");
    assertThat(sent.path("agent").path("id").asLong()).isEqualTo(me.path("id").asLong());
    assertThat(Inbox.text(sent)).isEqualTo("It left yesterday.");
    inbox.awaitDelivery(id, sent.path("id").asLong(), "sent");
    assertThat(inbox.sentTo(anna)).hasSize(1);
    assertThat(plain(inbox.sentTo(anna).getFirst()))
        .startsWith("It left yesterday.\r\n\r\n-- \r\n");
    assertThat(inbox.status(id)).isEqualTo("waiting");
    assertThat(inbox.of(mine)).isEmpty();
  }

  private static Mail answer(
      String from, String to, String messageId, MimeMessage answered, String text) {
    return Mail.with(
        from,
        to,
        "Re: Green teapot",
        text,
        bears(messageId),
        answers(Inbox.id(answered)),
        "References: " + header(answered, "References").replaceAll("\\s+", " "));
  }

  @Test
  void filesOfTheAnswerGoAlong() throws Exception {
    long id = assigned();
    String to = Inbox.replyTo(told(1).getLast());
    inbox.take(
        new Mail(
            mine,
            List.of(to),
            """
            From: <%s>
            To: <%s>
            Subject: Re: Green teapot
            Message-ID: <%s>
            MIME-Version: 1.0
            Content-Type: multipart/mixed; boundary="cut"

            --cut
            Content-Type: text/plain

            Here it is.
            --cut
            Content-Type: application/pdf; name="label.pdf"
            Content-Disposition: attachment; filename="label.pdf"

            %%PDF
            --cut--
            """
                .formatted(mine, to, messageId())
                .replace("\n", "\r\n")));
    JsonNode sent = inbox.lastMessage(id);
    assertThat(sent.path("attachments").get(0).path("name").asString()).isEqualTo("label.pdf");
    inbox.awaitDelivery(id, sent.path("id").asLong(), "sent");
    assertThat(((Multipart) inbox.sentTo(anna).getFirst().getContent()).getCount()).isEqualTo(2);
  }

  @Test
  void answerFromAnotherAddressBecomesANote() {
    long id = assigned();
    MimeMessage mail = told(1).getLast();
    String eve = address("eve");
    inbox.take(answer(eve, Inbox.replyTo(mail), messageId(), mail, "Send it to me instead."));
    JsonNode note = inbox.lastMessage(id);
    assertThat(note.path("direction").asString()).isEqualTo("note");
    assertThat(Inbox.text(note))
        .contains(eve, "It was not sent to the customer", mine, "Send it to me instead.");
    assertThat(inbox.messages(id)).hasSize(2);
    assertThat(inbox.of(eve)).isEmpty();
  }

  @Test
  void answerWhoseSenderIsForgedBecomesANote() {
    Authentication forged =
        new Authentication(
            Authentication.Verdict.failed, "DKIM does not fit.", null, null, null, "fail");
    assertThat(noteFor("Yes", forged)).contains("DKIM does not fit.", "Yes");
  }

  @Test
  void emptyAnswerBecomesANote() {
    assertThat(noteFor(" ", null)).contains("There is nothing to send");
  }

  /** What stands as a note after such a mail from the agent's address. */
  private String noteFor(String text, Authentication authentication) {
    long id = assigned();
    String to = Inbox.replyTo(told(1).getLast());
    Incoming incoming =
        new Incoming(
            1,
            "email",
            MessageKind.message,
            new Correspondent(null, mine),
            List.of(),
            "Re",
            text,
            null,
            null,
            0,
            List.of(),
            messageId(),
            List.of(),
            null,
            null,
            null,
            null,
            null,
            new Assessment(null, Set.of(), authentication, null, null),
            true,
            false,
            Instant.now(),
            Arrival.live);
    StoredMail mail =
        new StoredMail(
            0, 1, Instant.now(), mine, List.of(to), null, 1, null, null, 0, null, null, null);
    AgentMail agentMail = shopbell.bean(AgentMail.class);
    shopbell
        .bean(TransactionTemplate.class)
        .executeWithoutResult(status -> agentMail.take(mail, incoming));
    assertThat(inbox.messages(id)).hasSize(2);
    assertThat(inbox.lastMessage(id).path("direction").asString()).isEqualTo("note");
    return Inbox.text(inbox.lastMessage(id));
  }

  @Test
  void quoteThatCannotBeToldFromTheAnswerIsNotSent() throws Exception {
    long id = assigned();
    MimeMessage mail = told(1).getLast();
    String quoted = plain(mail).replace("\r\n", "\n> ");
    inbox.take(answer(mine, Inbox.replyTo(mail), messageId(), mail, "> " + quoted));
    assertThat(inbox.lastMessage(id).path("direction").asString()).isEqualTo("note");
    assertThat(Inbox.text(inbox.lastMessage(id))).contains("could not be told from");
  }

  @Test
  void agentWhoWasSwitchedOffCannotAnswer() {
    long id = assigned();
    MimeMessage mail = told(1).getLast();
    shopbell.api().patch("/agents/" + me.path("id").asLong(), Map.of("active", false));
    inbox.take(answer(mine, Inbox.replyTo(mail), messageId(), mail, "It left yesterday."));
    assertThat(Inbox.text(inbox.lastMessage(id))).contains("is switched off");
    assertThat(inbox.lastMessage(id).path("direction").asString()).isEqualTo("note");
  }

  @Test
  void madeUpAnsweringAddressProvesNothing() {
    long id = assigned();
    String forged =
        "hello+a" + id + "-" + me.path("id").asLong() + "-aaaaaaaaaaaaaaaa@shop.example";
    inbox.take(Mail.plain(mine, forged, "Re: Green teapot", "It left yesterday."));
    assertThat(inbox.messages(id)).hasSize(1);
    assertThat(inbox.only(mine)).isNotEqualTo(id);
  }

  @Test
  void twoMachinesDoNotTalkThroughUs() throws Exception {
    long id = assigned();
    MimeMessage mail = told(1).getLast();
    // to where it is asked to answer, and to the sender, as some programs do
    for (String to : List.of(Inbox.replyTo(mail), SHOP)) {
      inbox.take(
          Mail.with(
              mine,
              to,
              "Out of office",
              "I am on holiday",
              bears(messageId()),
              answers(Inbox.id(mail)),
              "Auto-Submitted: auto-replied"));
    }
    java.io.ByteArrayOutputStream raw = new java.io.ByteArrayOutputStream();
    mail.writeTo(raw);
    Mail.send(shopbell.smtpPort(), mine, List.of(SHOP), raw.toByteArray());
    inbox.settle();
    assertThat(inbox.messages(id)).hasSize(1);
    assertThat(inbox.of(mine)).isEmpty();
    assertThat(inbox.of(SHOP)).isEmpty();
    // What comes next shows that nothing else was on its way.
    inbox.take(
        Mail.with(anna, SHOP, "Re: Green teapot", "Hello?", bears(messageId()), answers(anna)));
    assertThat(told(2)).hasSize(2);
    assertThat(
            shopbell
                .bean(JdbcClient.class)
                .sql(
                    "select count(*) from stored_mail where state = 'dropped' and envelope_from = ?")
                .param(mine)
                .query(Long.class)
                .single())
        .isEqualTo(3);
  }

  @Test
  void eachMessageIsToldOnce() {
    mail(true);
    long id = start();
    told(1);
    assign(id);
    inbox.take(
        Mail.with(anna, SHOP, "Re: Green teapot", "Hello?", bears(messageId()), answers(anna)));
    assertThat(told(2)).hasSize(2);
    mail(false);
  }

  @Test
  void whoIsAtTheDeskIsToldLaterIfAtAll() {
    agent.post("/me/presence", Map.of());
    assigned();
    JdbcClient jdbc = shopbell.bean(JdbcClient.class);
    List<Instant> due =
        soon("the mail put off")
            .until(
                () ->
                    jdbc.sql(
                            """
                            select execution_time from scheduled_tasks join notification on id::text = task_instance
                            where task_name = 'TellAgent' and agent_id = ?
                            """)
                        .param(me.path("id").asLong())
                        .query((row, n) -> row.getTimestamp(1).toInstant())
                        .list(),
                times -> times.stream().anyMatch(at -> at.isAfter(Instant.now().plusSeconds(60))));
    assertThat(due.getFirst()).isBefore(Instant.now().plusSeconds(125));
    assertThat(inbox.sentTo(mine)).isEmpty();
  }
}
