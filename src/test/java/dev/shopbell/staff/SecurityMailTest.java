package dev.shopbell.staff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shopbell.Api;
import dev.shopbell.Browser;
import dev.shopbell.Colleague;
import dev.shopbell.Inbox;
import dev.shopbell.RunningShopbell;
import jakarta.mail.Multipart;
import jakarta.mail.internet.MimeMessage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What agents are told by mail of how somebody signs in as them. The program trusts its proxy, so
 * that each comes from a network of their own.
 */
class SecurityMailTest {
  private static final String FIREFOX =
      "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0";
  private static final String NEW = "A new sign-in to your desk";
  private static final String REFUSED = "Somebody tried to sign in as you";
  private static final AtomicInteger NETWORKS = new AtomicInteger();

  private static RunningShopbell shopbell;
  private static Inbox inbox;

  @BeforeAll
  static void start() {
    shopbell = RunningShopbell.start(Map.of("shopbell.trusted-proxies", "127.0.0.1"));
    long brand = shopbell.api().get("/brands").path("items").get(0).path("id").asLong();
    shopbell.api().patch("/brands/" + brand, Map.of("address", Inbox.SHOP));
    inbox = new Inbox(shopbell);
  }

  @AfterAll
  static void stop() {
    shopbell.close();
  }

  private static String network() {
    return "10.8." + NETWORKS.incrementAndGet() + ".9";
  }

  /** Somebody who joined some time ago: of what comes with a new password, that is told alone. */
  private static Colleague.Member member() {
    Colleague.Member member = Colleague.member(shopbell, Map.of());
    shopbell
        .bean(JdbcClient.class)
        .sql("update agent set password_changed_at = now() - interval '1 hour' where id = ?")
        .param(member.id())
        .update();
    return member;
  }

  /** Signs in from somewhere, with what the browser has kept. */
  private static Api.Answer signIn(String email, String password, String from, String cookie) {
    Map<String, String> headers =
        new HashMap<>(Map.of("X-Forwarded-For", from, "User-Agent", FIREFOX));
    if (cookie != null) {
      headers.put("Cookie", "shopbell_device=" + cookie);
    }
    return shopbell
        .api(null)
        .send("POST", "/session", Map.of("email", email, "password", password), headers);
  }

  private static String signedIn(String email, String from, String cookie) {
    Api.Answer answer = signIn(email, RunningShopbell.PASSWORD, from, cookie);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.headers().allValues("Set-Cookie").stream()
        .filter(set -> set.startsWith("shopbell_device="))
        .peek(set -> assertThat(set).contains("HttpOnly", "SameSite=Lax"))
        .map(set -> set.replaceAll("shopbell_device=([^;]*).*", "$1"))
        .findFirst()
        .orElseThrow();
  }

  private static List<MimeMessage> mails(String email, String subject) {
    return inbox.sentTo(email).stream()
        .filter(mail -> Inbox.header(mail, "Subject").equals(subject))
        .toList();
  }

  private static String awaitMail(String email, String subject, int count) throws Exception {
    MimeMessage last =
        Inbox.soon(count + " mails: " + subject)
            .until(() -> mails(email, subject), mails -> mails.size() == count)
            .getLast();
    return ((String) ((Multipart) last.getContent()).getBodyPart(0).getContent())
        .replaceAll("\\s+", " ");
  }

  @Test
  void aBrowserNeverSeenBeforeIsToldButNotTheFirst() throws Exception {
    // Has joined in a browser of its own.
    String email = member().email();
    String home = network();
    String cookie = signedIn(email, home, null);
    assertThat(awaitMail(email, NEW, 1))
        .contains("Firefox on Windows", home.replace(".9", ".x"), "/settings/security");
    assertThat(signedIn(email, network(), cookie)).as("known wherever it is").isEqualTo(cookie);
    assertThat(signedIn(email, home, null)).as("without its cookies").isNotEqualTo(cookie);
    assertThat(signedIn(email, home, "not one of ours")).hasSize(32);
    String elsewhere = network();
    signedIn(email, elsewhere, null);
    assertThat(awaitMail(email, NEW, 2)).contains(elsewhere.replace(".9", ".x"));
    assertThat(shopbell.api().get("/audit?limit=10").toString()).contains("NewDeviceUsed");
    JdbcClient jdbc = shopbell.bean(JdbcClient.class);
    assertThat(
            jdbc.sql("select count(*) from known_device where fingerprint = ?")
                .param(cookie)
                .query(Long.class)
                .single())
        .isZero();
  }

  @Test
  void aBrowserIsKnownToThoseAloneWhoHaveUsedIt() throws Exception {
    String one = member().email();
    String other = member().email();
    String cookie = signedIn(one, network(), null);
    awaitMail(one, NEW, 1);
    assertThat(signedIn(other, network(), cookie)).isEqualTo(cookie);
    awaitMail(other, NEW, 1);
    assertThat(mails(one, NEW)).hasSize(1);
  }

  @Test
  void guessingIsToldOnceADayWithHowOftenItWas() throws Exception {
    String email = member().email();
    for (int i = 0; i < 7; i++) {
      assertThat(signIn(email, "guess number " + i, network(), null).status()).isEqualTo(401);
    }
    JdbcClient jdbc = shopbell.bean(JdbcClient.class);
    assertThat(nowDue(jdbc)).as("one mail, a quarter of an hour later").isEqualTo(1);
    assertThat(awaitMail(email, REFUSED, 1))
        .contains("refused 7 times", "The password was wrong each time");
    for (int i = 0; i < 7; i++) {
      signIn(email, "guess number " + i, network(), null);
    }
    assertThat(nowDue(jdbc)).as("not again on the same day").isZero();
    jdbc.sql(
            "update refused_sign_in set since = since - interval '1 day', told_at = told_at - interval '1 day'")
        .update();
    for (int i = 0; i < 5; i++) {
      signIn(email, "guess number " + i, network(), null);
    }
    assertThat(nowDue(jdbc)).isEqualTo(1);
    assertThat(awaitMail(email, REFUSED, 2)).contains("refused 5 times");
  }

  /** Does not wait for the quarter of an hour. */
  private static int nowDue(JdbcClient jdbc) {
    return jdbc.sql(
            "update scheduled_tasks set execution_time = now() where task_name = 'MailRefusedSignIns' and not picked")
        .update();
  }

  @Test
  void whoeverMistypesTwiceIsNotTold() {
    String email = member().email();
    for (int i = 0; i < 4; i++) {
      signIn(email, "guess number " + i, network(), null);
    }
    assertThat(
            shopbell
                .bean(JdbcClient.class)
                .sql(
                    "select count(*) from refused_sign_in join agent on agent.id = agent_id where email = ? and told_at is not null")
                .param(email)
                .query(Long.class)
                .single())
        .isZero();
    assertThat(new Browser(shopbell, network()).signIn(email, RunningShopbell.PASSWORD).status())
        .isEqualTo(200);
  }
}
