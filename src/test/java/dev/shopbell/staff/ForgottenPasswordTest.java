package dev.shopbell.staff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shopbell.Api;
import dev.shopbell.Browser;
import dev.shopbell.Colleague;
import dev.shopbell.Inbox;
import dev.shopbell.Mail;
import dev.shopbell.RunningShopbell;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/**
 * A forgotten password, by mail. The program trusts its proxy, so that each who asks comes from a
 * network of their own.
 */
class ForgottenPasswordTest {
  private static final String DESK = "https://desk.shop.example";
  private static final String NEXT = "another long password";
  private static final String LINK = "A new password for your desk";
  private static final String CHANGED = "Your password was changed";
  private static final AtomicInteger NETWORKS = new AtomicInteger();

  private static RunningShopbell shopbell;
  private static Inbox inbox;

  @BeforeAll
  static void start() {
    shopbell =
        RunningShopbell.start(
            Map.of("shopbell.trusted-proxies", "127.0.0.1", "shopbell.public-url", DESK));
    long brand = shopbell.api().get("/brands").path("items").get(0).path("id").asLong();
    shopbell.api().patch("/brands/" + brand, Map.of("address", Inbox.SHOP));
    inbox = new Inbox(shopbell);
  }

  @AfterAll
  static void stop() {
    shopbell.close();
  }

  private static String network() {
    return "10.7." + NETWORKS.incrementAndGet() + ".9";
  }

  private static Browser browser() {
    return new Browser(shopbell, network());
  }

  private static Colleague.Member member() {
    return Colleague.member(shopbell, Map.of());
  }

  private static Api.Answer ask(String email) {
    return ask(email, network());
  }

  private static Api.Answer ask(String email, String from) {
    return shopbell
        .api(null)
        .send(
            "POST",
            "/forgotten-password",
            Map.of("email", email),
            Map.of("X-Forwarded-For", from, "X-Forwarded-Host", "evil.example"));
  }

  private static List<MimeMessage> mails(String email, String subject) {
    return inbox.sentTo(email).stream()
        .filter(mail -> Inbox.header(mail, "Subject").equals(subject))
        .toList();
  }

  private static List<MimeMessage> awaitMails(String email, String subject, int count) {
    return Inbox.soon(count + " mails: " + subject)
        .until(() -> mails(email, subject), mails -> mails.size() == count);
  }

  /** The secret of the link in the only mail of that kind. */
  private static String secret(String email) {
    return secret(awaitMails(email, LINK, 1).getFirst());
  }

  private static String secret(MimeMessage mail) {
    try {
      String text = (String) ((Multipart) mail.getContent()).getBodyPart(0).getContent();
      Matcher link =
          Pattern.compile("(?m)^" + Pattern.quote(DESK) + "/join/([a-z2-7]{40})\\r?$")
              .matcher(text);
      assertThat(link.find()).as(text).isTrue();
      return link.group(1);
    } catch (IOException | MessagingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Api.Answer choose(Browser browser, String secret) {
    return browser.post("/invitations/" + secret, Map.of("password", NEXT));
  }

  /** Everything that was asked for before has been mailed by then. */
  private static void awaitAnotherMail() {
    String email = member().email();
    ask(email);
    awaitMails(email, LINK, 1);
  }

  @Test
  void aLinkByMailLetsInOnceAndEndsAllSessions() {
    Colleague.Member member = member();
    assertThat(ask(member.email().toUpperCase()).status()).isEqualTo(202);
    String secret = secret(member.email());
    Browser browser = browser();
    JsonNode read = browser.get("/invitations/" + secret).json();
    assertThat(read.path("purpose").asString()).isEqualTo("reset");
    assertThat(Instant.parse(read.path("expiresAt").asString()))
        .isBefore(Instant.now().plusSeconds(3_601));
    assertThat(choose(browser, secret).status()).isEqualTo(200);
    assertThat(member.browser().get("/session").status()).isEqualTo(401);
    assertThat(browser.get("/session").status()).isEqualTo(200);
    assertThat(choose(browser(), secret).status()).isEqualTo(404);
    assertThat(browser().signIn(member.email(), RunningShopbell.PASSWORD).status()).isEqualTo(401);
    assertThat(browser().signIn(member.email(), NEXT).status()).isEqualTo(200);
    awaitMails(member.email(), CHANGED, 1);
    assertThat(shopbell.api().get("/audit?limit=20").toString())
        .contains("PasswordLinkAsked", "PasswordChanged");
  }

  @Test
  void theLinkLiesNowhereButInTheMailAndWorksNoLongerThanItsTime() {
    Colleague.Member member = member();
    ask(member.email());
    String secret = secret(member.email());
    JdbcClient jdbc = shopbell.bean(JdbcClient.class);
    List<String> tables =
        jdbc.sql("select tablename from pg_tables where schemaname = 'public'")
            .query(String.class)
            .list();
    assertThat(tables).hasSizeGreaterThan(40);
    for (String table : tables) {
      assertThat(
              jdbc.sql("select count(*) from " + table + " as t where t::text like ?")
                  .param("%" + secret + "%")
                  .query(Long.class)
                  .single())
          .as(table)
          .isZero();
    }
    jdbc.sql("update invitation set expires_at = now() where agent_id = ?")
        .param(member.id())
        .update();
    assertThat(browser().get("/invitations/" + secret).status()).isEqualTo(404);
    assertThat(choose(browser(), secret).status()).isEqualTo(404);
  }

  @Test
  void whoeverAsksLearnsNothingOfWhoseAddressItIs() {
    String off = member().email();
    shopbell.api().all("/agents").stream()
        .filter(agent -> agent.path("email").asString().equals(off))
        .forEach(agent ->
            shopbell.api().patch("/agents/" + agent.path("id").asLong(), Map.of("active", false)));
    String invited = Inbox.address("invited");
    shopbell.api().post("/agents", Map.of("name", "Not yet", "email", invited));
    String nobody = Inbox.address("nobody");
    Api.Answer known = ask(member().email());
    for (String email : List.of(nobody, off, invited)) {
      Api.Answer unknown = ask(email);
      assertThat(unknown.status()).isEqualTo(known.status()).isEqualTo(202);
      assertThat(unknown.body()).isEqualTo(known.body());
      assertThat(unknown.headers().map().keySet()).isEqualTo(known.headers().map().keySet());
    }
    awaitAnotherMail();
    for (String email : List.of(nobody, off, invited)) {
      assertThat(mails(email, LINK)).isEmpty();
    }
    assertThat(ask("no address").status()).isEqualTo(422);
  }

  @Test
  void norIsLessDoneForAnAddressThatIsNobodys() {
    long before = asked();
    ask(Inbox.address("nobody"));
    assertThat(asked()).isEqualTo(before + 1);
    ask(member().email());
    assertThat(asked()).isEqualTo(before + 2);
  }

  /** The fact and the task of it are written together. */
  private static long asked() {
    return shopbell
        .bean(JdbcClient.class)
        .sql("select count(*) from fact where name = 'PasswordLinkAsked'")
        .query(Long.class)
        .single();
  }

  @Test
  void anAddressIsMailedThreeTimesAndNobodyIsToldOfTheFourth() {
    String email = member().email();
    List<String> secrets = new ArrayList<>();
    for (int i = 1; i <= 3; i++) {
      ask(email);
      secrets.add(secret(awaitMails(email, LINK, i).getLast()));
    }
    assertThat(ask(email).status()).isEqualTo(202);
    awaitAnotherMail();
    assertThat(mails(email, LINK)).hasSize(3);
    assertThat(browser().get("/invitations/" + secrets.get(1)).status())
        .as("a later one ends it")
        .isEqualTo(404);
    assertThat(choose(browser(), secrets.get(2)).status()).isEqualTo(200);
  }

  @Test
  void aNetworkIsHeardTenTimesAndNotToldOfTheEleventh() {
    String network = network();
    for (int i = 0; i < 10; i++) {
      ask(Inbox.address("nobody"), network);
    }
    String email = member().email();
    String neighbour = network.substring(0, network.lastIndexOf('.')) + ".200";
    assertThat(ask(email, neighbour).status()).isEqualTo(202);
    awaitAnotherMail();
    assertThat(mails(email, LINK)).isEmpty();
    ask(email);
    awaitMails(email, LINK, 1);
  }

  @Test
  void theSecondStepIsStillAsked() {
    Colleague.Member member = member();
    String key =
        member.browser().post("/me/authenticator-app", Map.of()).json().path("key").asString();
    Map<String, String> code = Map.of("code", Totp.code(key, Totp.step(Instant.now())));
    assertThat(member.browser().send("PUT", "/me/authenticator-app", code, true).status())
        .isEqualTo(200);
    ask(member.email());
    Browser browser = browser();
    assertThat(choose(browser, secret(member.email())).status()).isEqualTo(202);
    assertThat(browser.get("/session").status()).isEqualTo(401);
  }

  @Test
  void whoeverChangesTheirPasswordIsToldAndOpenLinksEnd() {
    Colleague.Member member = member();
    ask(member.email());
    String secret = secret(member.email());
    JsonNode byHand = shopbell.api().post("/agents/" + member.id() + "/invitation", Map.of());
    assertThat(Instant.parse(byHand.path("expiresAt").asString()))
        .isBefore(Instant.now().plusSeconds(86_401));
    assertThat(browser().get("/invitations/" + secret).status())
        .as("one by hand ends none by mail")
        .isEqualTo(200);
    Map<String, String> change = Map.of("current", RunningShopbell.PASSWORD, "next", NEXT);
    assertThat(member.browser().send("PUT", "/me/password", change, true).status()).isEqualTo(204);
    awaitMails(member.email(), CHANGED, 1);
    assertThat(browser().get("/invitations/" + secret).status()).isEqualTo(404);
    String url = byHand.path("invitationUrl").asString();
    assertThat(browser().get("/invitations/" + url.substring(url.lastIndexOf('/') + 1)).status())
        .isEqualTo(404);
  }

  /** An answer or a bounce quotes the link, and the inbox is everybody's. */
  @Test
  void whatComesBackOfTheMailIsNotKept() {
    String email = member().email();
    ask(email);
    MimeMessage mail = awaitMails(email, LINK, 1).getFirst();
    String quoted = "> " + DESK + "/join/" + secret(mail);
    inbox.take(
        Mail.with(email, Inbox.replyTo(mail), "Re: " + LINK, "Was it you?\r\n" + quoted),
        Mail.with(
            email,
            Inbox.SHOP,
            "Re: " + LINK,
            "Not to the address I was asked to.\r\n" + quoted,
            Inbox.answers(Inbox.id(mail))),
        Mail.with(
            "mailer-daemon@customers.example",
            Inbox.replyTo(mail),
            "Undelivered Mail Returned to Sender",
            "The mailbox is full.\r\n" + quoted,
            "Auto-Submitted: auto-replied"));
    assertThat(inbox.of(email)).isEmpty();
    assertThat(inbox.of("mailer-daemon@customers.example")).isEmpty();
  }
}
