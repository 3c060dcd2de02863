package dev.shopbell.channels.email;

import static dev.shopbell.Inbox.soon;
import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.store.MailFolder;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.sun.net.httpserver.HttpServer;
import dev.shopbell.Api;
import dev.shopbell.Inbox;
import dev.shopbell.Mail;
import dev.shopbell.RunningShopbell;
import jakarta.mail.Flags;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** An owner connects the shop's real mailbox. */
class MailAccountTest {
  private static final String SECRET = "the secret of the mailbox";
  private static RunningShopbell shopbell;
  private static GreenMail server;
  private static FakeProvider google;
  private static Inbox inbox;

  @BeforeAll
  static void start() throws IOException {
    server =
        new GreenMail(
            new ServerSetup[] {
              new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_IMAP),
              new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP)
            });
    server.start();
    google = new FakeProvider();
    shopbell =
        RunningShopbell.start(
            Map.of(
                "shopbell.allow-internal-hosts",
                "127.0.0.1",
                "shopbell.oauth.google.token",
                google.url("/token"),
                "shopbell.oauth.google.authorize",
                google.url("/authorize")));
    inbox = new Inbox(shopbell);
  }

  @AfterAll
  static void stop() {
    shopbell.close();
    server.stop();
    google.close();
  }

  @Test
  void bringsWhatIsInTheMailboxAndWhatArrivesAndAnswersThroughIt() throws Exception {
    String shop = Inbox.address("care");
    var user = server.setUser(shop, shop, SECRET);
    var folders = server.getManagers().getImapHostManager();
    MailFolder mails = folders.getInbox(user);
    MailFolder sent = folders.createMailbox(user, "Sent");
    MailFolder junk = folders.createMailbox(user, "Junk");
    String anna = Inbox.address("anna");
    String ben = Inbox.address("ben");
    String cleo = Inbox.address("cleo");
    String dora = Inbox.address("dora");
    String spammer = Inbox.address("spammer");
    Date first = Date.from(Instant.now().minus(Duration.ofDays(5)));
    Date second = Date.from(Instant.now().minus(Duration.ofDays(4)));
    Date third = Date.from(Instant.now().minus(Duration.ofDays(3)));
    String asked = Inbox.messageId();
    put(
        mails,
        Mail.with(anna, shop, "Flagged", "Where is it?", Inbox.bears(Inbox.messageId())),
        first,
        Flags.Flag.ANSWERED);
    put(mails, Mail.with(ben, shop, "Answered", "Where is mine?", Inbox.bears(asked)), first);
    put(
        sent,
        Mail.with(
            shop,
            ben,
            "Re: Answered",
            "On its way.",
            Inbox.bears(Inbox.messageId()),
            Inbox.answers(asked)),
        second);
    put(
        sent,
        Mail.with(shop, "wife@home.example", "Dinner", "At seven?", Inbox.bears(Inbox.messageId())),
        second);
    put(
        mails,
        Mail.with(cleo, shop, "Not answered", "Anybody there?", Inbox.bears(Inbox.messageId())),
        third);
    put(junk, Mail.with(spammer, shop, "You won", "Click!", Inbox.bears(Inbox.messageId())), third);

    JsonNode made =
        connect(
            shop,
            server.getImap().getPort(),
            Map.of(
                "junk",
                true,
                "smtp",
                Map.of(
                    "host", "127.0.0.1", "port", server.getSmtp().getPort(), "security", "none")));
    long id = made.path("id").asLong();
    awaitState(id, "live");
    inbox.settle();

    assertThat(inbox.status(inbox.only(anna))).isEqualTo("resolved");
    long answered = inbox.only(ben);
    assertThat(inbox.status(answered)).isEqualTo("resolved");
    List<JsonNode> talk = inbox.messages(answered);
    assertThat(talk).hasSize(2);
    assertThat(talk.getLast().path("direction").asString()).isEqualTo("outbound");
    assertThat(talk.getLast().path("text").asString()).contains("On its way.");
    assertThat(talk.getLast().path("delivery").path("state").asString()).isEqualTo("sent");
    assertThat(Instant.parse(talk.getFirst().path("receivedAt").asString()))
        .isEqualTo(first.toInstant().truncatedTo(java.time.temporal.ChronoUnit.SECONDS));
    assertThat(inbox.status(inbox.only(cleo))).isEqualTo("open");
    assertThat(inbox.of(spammer).getFirst().path("status").asString()).isEqualTo("spam");
    assertThat(shopbell.api().all("/conversations?q=Dinner")).isEmpty();
    assertThat(mails.getMessages()).noneMatch(mail -> mail.getFlags().contains(Flags.Flag.SEEN));

    put(
        mails,
        Mail.with(dora, shop, "Just now", "Hello?", Inbox.bears(Inbox.messageId())),
        new Date());
    soon("the new mail").until(() -> inbox.of(dora).size() == 1);
    inbox.settle();
    long now = inbox.only(dora);
    assertThat(inbox.status(now)).isEqualTo("open");
    long reply = inbox.reply(now, "Hello Dora.").path("id").asLong();
    inbox.awaitDelivery(now, reply, "sent");
    assertThat(server.getReceivedMessages())
        .anyMatch(mail ->
            Inbox.header(mail, "To").contains(dora)
                // Who knows whether this server takes plus-addresses.
                && Inbox.header(mail, "Reply-To").contains(shop));
    assertThat(inbox.sentTo(dora)).as("by the relay").isEmpty();
    assertThat(account(id).path("lastMailAt").isNull()).isFalse();
  }

  @Test
  void passwordIsShownToNobody() {
    try (ScriptedImap imap = new ScriptedImap()) {
      String shop = Inbox.address("care");
      connect(shop, imap.port(), Map.of());
      assertThat(shopbell.api().get("/mail-accounts").toString()).doesNotContain(SECRET);
      List<Map<String, Object>> rows =
          shopbell
              .bean(org.springframework.jdbc.core.simple.JdbcClient.class)
              .sql(
                  "select mail_account::text as row, encode(password, 'escape') as sealed from mail_account")
              .query()
              .listOfRows();
      assertThat(rows).isNotEmpty().noneMatch(row -> row.toString().contains(SECRET));
    }
  }

  @Test
  void refusedMailboxIsToldAndRecovers() {
    try (ScriptedImap imap = new ScriptedImap()) {
      imap.answersLogins("NO [AUTHENTICATIONFAILED] Wrong password");
      long id = connect(Inbox.address("care"), imap.port(), Map.of()).path("id").asLong();
      awaitState(id, "refused");
      assertThat(account(id).path("words").asString())
          .contains("refuses the user name or the password");
      soon("the alarm").until(() -> facts("MailAccountRefused", id) == 1);
      soon("the metric")
          .until(() ->
              metrics()
                  .contains("shopbell_mailbox_state{account=\"" + id + "\",state=\"refused\"} 1"));

      imap.answersLogins("OK");
      shopbell.api().post("/mail-accounts/" + id + "/retry", Map.of());
      awaitState(id, "live");
      assertThat(account(id).path("words").isNull()).isTrue();
      assertThat(facts("MailAccountRecovered", id)).isEqualTo(1);
    }
  }

  @Test
  void silentMailboxIsTold() {
    ScriptedImap imap = new ScriptedImap();
    long id = connect(Inbox.address("care"), imap.port(), Map.of()).path("id").asLong();
    awaitState(id, "live");
    imap.close();
    soon("the break is noticed")
        .until(() -> account(id).path("state").asString().equals("connecting"));
    shopbell
        .bean(org.springframework.jdbc.core.simple.JdbcClient.class)
        .sql(
            "update mail_account set last_seen_at = last_seen_at - interval '11 minutes' where id = ?")
        .param(id)
        .update();
    awaitState(id, "silent");
    assertThat(account(id).path("words").isNull()).isFalse();
    assertThat(facts("MailAccountMissed", id)).isEqualTo(1);
  }

  @Test
  void pausedMailboxIsLeftAloneAndRemovedOneKeepsItsConversations() {
    try (ScriptedImap imap = new ScriptedImap()) {
      String shop = Inbox.address("care");
      String anna = Inbox.address("anna");
      long id = connect(shop, imap.port(), Map.of()).path("id").asLong();
      imap.put("INBOX", Mail.with(anna, shop, "One", "Hello").raw(), Instant.now(), false);
      soon("the mail").until(() -> inbox.of(anna).size() == 1);
      shopbell.api().post("/mail-accounts/" + id + "/pause", Map.of());
      assertThat(account(id).path("state").asString()).isEqualTo("paused");
      imap.put("INBOX", Mail.with(anna, shop, "Two", "Hello").raw(), Instant.now(), false);
      shopbell.api().post("/mail-accounts/" + id + "/resume", Map.of());
      soon("the mail of the pause").until(() -> inbox.of(anna).size() == 2);
      shopbell.api().delete("/mail-accounts/" + id);
      assertThat(inbox.of(anna)).hasSize(2);
      assertThat(
              shopbell
                  .api()
                  .send("POST", "/mail-accounts/" + id + "/retry", Map.of(), Map.of())
                  .status())
          .isEqualTo(404);
    }
  }

  @Test
  void whileANodeReadsAnAccountNoOtherDoes() {
    try (ScriptedImap imap = new ScriptedImap()) {
      long id = connect(Inbox.address("care"), imap.port(), Map.of()).path("id").asLong();
      awaitState(id, "live");
      MailAccountStore store = shopbell.bean(MailAccountStore.class);
      assertThat(store.hold("another node", Duration.ofSeconds(10)))
          .noneMatch(held -> held.id() == id);
    }
  }

  @Test
  void accountAtGoogleIsReadByATokenThatIsRefreshedUntilItIsWithdrawn() {
    try (ScriptedImap imap = new ScriptedImap()) {
      imap.offersNoIdle();
      google.expiresIn = 60;
      String shop = Inbox.address("care");
      String anna = Inbox.address("anna");
      imap.put(
          "INBOX",
          Mail.with(anna, shop, "Earlier", "Hello").raw(),
          Instant.now().minusSeconds(5),
          false);
      // The first token runs out at once, so that it is fetched anew before it is ever shown.
      imap.acceptsToken("access-2");
      long id =
          connect(
                  shop,
                  imap.port(),
                  Map.of("auth", "google", "clientId", "our-client", "clientSecret", SECRET))
              .path("id")
              .asLong();
      URI page =
          URI.create(
              shopbell
                  .api()
                  .post("/mail-accounts/" + id + "/consent", Map.of())
                  .path("url")
                  .asString());
      Map<String, String> asked = form(page.getRawQuery());
      assertThat(asked)
          .containsEntry("client_id", "our-client")
          .containsEntry("code_challenge_method", "S256");
      assertThat(asked.get("redirect_uri")).endsWith("/api/v1/mail-accounts/oauth/callback");
      assertThat(callback("forged", "code").headers().firstValue("Location"))
          .hasValueSatisfying(to -> assertThat(to).endsWith("failed"));
      assertThat(callback(asked.get("state"), "the-code").headers().firstValue("Location"))
          .hasValueSatisfying(to -> assertThat(to).endsWith("signed-in"));
      assertThat(callback(asked.get("state"), "the-code").headers().firstValue("Location"))
          .hasValueSatisfying(to -> assertThat(to).endsWith("failed"));
      assertThat(google.asked.getFirst())
          .containsEntry("code", "the-code")
          .containsEntry("client_secret", SECRET);
      assertThat(challenge(google.asked.getFirst().get("code_verifier")))
          .isEqualTo(asked.get("code_challenge"));
      awaitState(id, "live");
      assertThat(google.asked.getLast())
          .containsEntry("grant_type", "refresh_token")
          .containsEntry("refresh_token", "refresh-1");
      soon("a mail without IDLE").until(() -> inbox.of(anna).size() == 1);

      google.withdrawn = true;
      imap.acceptsToken("none");
      imap.drop();
      awaitState(id, "refused");
      assertThat(account(id).path("words").asString()).contains("Google has withdrawn our access");
    }
  }

  private static String challenge(String verifier) {
    try {
      return java.util.Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(
              java.security.MessageDigest.getInstance("SHA-256")
                  .digest(verifier.getBytes(StandardCharsets.US_ASCII)));
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Api.Answer callback(String state, String code) {
    return shopbell
        .api()
        .send(
            "GET",
            "/mail-accounts/oauth/callback?state=" + state + "&code=" + code,
            null,
            Map.of());
  }

  private static JsonNode connect(String address, int port, Map<String, ?> more) {
    Map<String, Object> body = new HashMap<>();
    body.put("brandId", shopbell.api().get("/brands").path("items").get(0).path("id").asLong());
    body.put("address", address);
    body.put("imap", Map.of("host", "127.0.0.1", "port", port, "security", "none"));
    body.put("auth", "password");
    body.put("password", SECRET);
    body.put("importDays", 30);
    body.putAll(more);
    return shopbell.api().post("/mail-accounts", body);
  }

  private static JsonNode account(long id) {
    return shopbell
        .api()
        .get("/mail-accounts")
        .path("items")
        .valueStream()
        .filter(one -> one.path("id").asLong() == id)
        .findFirst()
        .orElseThrow();
  }

  private static void awaitState(long id, String state) {
    soon("the account " + state)
        .untilAsserted(() ->
            assertThat(account(id).path("state").asString())
                .as(account(id).toString())
                .isEqualTo(state));
  }

  private static int facts(String name, long account) {
    return shopbell
        .bean(org.springframework.jdbc.core.simple.JdbcClient.class)
        .sql("select count(*) from fact where name = ? and (data ->> 'accountId')::bigint = ?")
        .param(name)
        .param(account)
        .query(Integer.class)
        .single();
  }

  private static String metrics() {
    try {
      var request =
          java.net.http.HttpRequest.newBuilder(URI.create(shopbell.address() + "/metrics"))
              .header("Authorization", "Bearer " + RunningShopbell.TOKEN)
              .build();
      return java.net.http.HttpClient.newHttpClient()
          .send(request, java.net.http.HttpResponse.BodyHandlers.ofString())
          .body();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void put(MailFolder folder, Mail mail, Date at, Flags.Flag... flags)
      throws Exception {
    Flags all = new Flags();
    for (Flags.Flag flag : flags) {
      all.add(flag);
    }
    folder.appendMessage(
        new MimeMessage(
            (Session) null, new ByteArrayInputStream(mail.raw().getBytes(StandardCharsets.UTF_8))),
        all,
        at);
  }

  private static Map<String, String> form(String text) {
    Map<String, String> form = new HashMap<>();
    for (String pair : text.split("&")) {
      String[] sides = pair.split("=", 2);
      form.put(sides[0], URLDecoder.decode(sides[1], StandardCharsets.UTF_8));
    }
    return form;
  }

  /** What Google does, as far as it concerns us: gives tokens, and stops giving them. */
  private static final class FakeProvider implements AutoCloseable {
    private final HttpServer http;
    private final List<Map<String, String>> asked = new CopyOnWriteArrayList<>();
    private volatile boolean withdrawn;
    private volatile int expiresIn = 3600;
    private int given;

    FakeProvider() throws IOException {
      http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      http.createContext(
          "/token",
          exchange -> {
            asked.add(
                form(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
            String answer =
                withdrawn
                    ? "{\"error\":\"invalid_grant\"}"
                    : "{\"access_token\":\"access-%d\",\"refresh_token\":\"refresh-1\",\"expires_in\":%d}"
                        .formatted(++given, given == 1 ? expiresIn : 3600);
            // From the second on they last, unless they are withdrawn.
            byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(withdrawn ? 400 : 200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
          });
      http.start();
    }

    String url(String path) {
      return "http://127.0.0.1:" + http.getAddress().getPort() + path;
    }

    @Override
    public void close() {
      http.stop(0);
    }
  }
}
