package dev.shopbell.conversations;

import static dev.shopbell.Inbox.SHOP;
import static dev.shopbell.Inbox.address;
import static dev.shopbell.ScriptedWeb.answer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.shopbell.Inbox;
import dev.shopbell.Mail;
import dev.shopbell.Pictures;
import dev.shopbell.RunningShopbell;
import dev.shopbell.ScriptedWeb;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import javax.net.ServerSocketFactory;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Pictures that mails point to: who learns what when an agent looks at them. */
class RemoteImageTest {
  private static final byte[] PICTURE = Pictures.png(40, 30);

  private final RunningShopbell shopbell = RunningShopbell.shared();
  private final Inbox inbox = new Inbox(shopbell);

  private static ScriptedWeb serving(byte[] answer) {
    return ScriptedWeb.of((request, out) -> out.write(answer));
  }

  private static ScriptedWeb servingPictures() {
    return serving(answer("200 OK", "Content-Type: text/html\r\nSet-Cookie: a=b\r\n", PICTURE));
  }

  /** A mail that shows these addresses, as the API has it. */
  private JsonNode mailWith(String from, String... urls) {
    StringBuilder html = new StringBuilder("<p>Look:</p>");
    for (String url : urls) {
      html.append("<img src=\"").append(url.replace("&", "&amp;")).append("\">");
    }
    inbox.take(Mail.html(from, SHOP, "Pictures", html.toString()));
    return inbox.lastMessage(inbox.of(from).getLast().path("id").asLong());
  }

  private HttpResponse<byte[]> image(JsonNode message, int place) {
    return shopbell
        .api()
        .download("/messages/" + message.path("id").asLong() + "/remote-images/" + place);
  }

  private static String words(HttpResponse<byte[]> answer) {
    assertThat(answer.statusCode()).isEqualTo(404);
    return new String(answer.body(), StandardCharsets.UTF_8);
  }

  @Test
  void arrivingFetchesNothingAndLookingFetchesOnceForAllWithoutSayingWhoLooks() throws Exception {
    try (ScriptedWeb web = servingPictures()) {
      String name = "/" + Inbox.word() + ".png?size=2";
      JsonNode first = mailWith(address("anna"), web.url(name + "&mc_eid=anna"));
      JsonNode second = mailWith(address("bert"), web.url(name + "&mc_eid=bert"));
      assertThat(first.path("remoteImages").asInt()).isEqualTo(1);
      assertThat(first.path("imagesAllowed").asBoolean()).isFalse();
      assertThat(web.asked()).isEmpty();

      HttpResponse<byte[]> shown = image(first, 0);
      assertThat(shown.statusCode()).isEqualTo(200);
      assertThat(shown.body()).isEqualTo(PICTURE);
      assertThat(image(first, 0).statusCode()).isEqualTo(200);
      assertThat(image(second, 0).body()).isEqualTo(PICTURE);
      assertThat(shown.headers().firstValue("Content-Type")).contains("image/png");
      assertThat(shown.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
      assertThat(shown.headers().firstValue("Content-Security-Policy").orElse(""))
          .contains("default-src 'none'; sandbox");
      assertThat(shown.headers().firstValue("Cache-Control").orElse(""))
          .contains("private", "immutable");
      assertThat(shown.headers().allValues("Set-Cookie")).noneMatch(one -> one.startsWith("a="));
      assertThat(web.asked())
          .singleElement()
          .asString()
          .startsWith("GET " + name + " HTTP/1.1\r\n")
          .doesNotContainIgnoringCase("cookie")
          .doesNotContainIgnoringCase("referer")
          .doesNotContainIgnoringCase("forwarded")
          .doesNotContainIgnoringCase("authorization")
          .doesNotContain("mc_eid");
    }
  }

  @Test
  void fetchesOnlyWhatStandsInTheMessageAndIsThereToBeSeen() throws Exception {
    try (ScriptedWeb web = servingPictures()) {
      String from = address("anna");
      JsonNode message = mailWith(from, web.url("/open.gif?who=" + from), web.url("/seen.png"));
      assertThat(message.path("remoteImages").asInt()).isEqualTo(1);
      assertThat(message.path("trackers").asInt()).isEqualTo(1);
      assertThat(message.path("html").asString())
          .contains("/remote-images/1\"")
          .doesNotContain("/remote-images/0");
      assertThat(words(image(message, 0))).contains("only reports who reads");
      assertThat(words(image(message, 2))).contains("no remote picture 2");
      assertThat(words(image(message, -1))).contains("no remote picture");
      assertThat(web.asked()).isEmpty();
    }
  }

  @Test
  void neverCallsAnAddressInside() throws Exception {
    try (ScriptedWeb inside =
            ScriptedWeb.on(
                "127.0.0.2",
                0,
                ServerSocketFactory.getDefault(),
                (request, out) -> out.write(answer("200 OK", "", PICTURE)));
        ScriptedWeb sends =
            serving(answer("302 Found", "Location: " + inside.url("/picture.png") + "\r\n"))) {
      JsonNode message =
          mailWith(
              address("mallory"),
              inside.url("/1.png"),
              sends.url("/2.png"),
              "http://169.254.169.254/latest/meta-data/3.png",
              "http://[::1]/4.png",
              "http://2130706434:" + inside.port() + "/5.png");
      assertThat(message.path("remoteImages").asInt()).isEqualTo(5);
      for (int place = 0; place < 5; place++) {
        assertThat(words(image(message, place))).contains("inside of this network");
      }
      assertThat(sends.asked()).hasSize(1);
      assertThat(inside.asked()).isEmpty();
    }
  }

  @Test
  void whatIsNoPictureIsNotServedButNamed() throws Exception {
    byte[] svg = "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>".getBytes();
    byte[] large = PICTURE.clone();
    large[16] = 1; // 16 million pixels wide, says its header
    try (ScriptedWeb drawing = serving(answer("200 OK", "Content-Type: image/png\r\n", svg));
        ScriptedWeb huge = serving(answer("200 OK", "", large));
        ScriptedWeb heavy = serving(answer("200 OK", "", new byte[5_000_001]));
        ScriptedWeb gone = serving(answer("410 Gone", "", PICTURE));
        ScriptedWeb closed = serving(answer("403 Forbidden", "", PICTURE))) {
      JsonNode message =
          mailWith(
              address("anna"),
              drawing.url("/a"),
              huge.url("/b"),
              heavy.url("/c"),
              gone.url("/d"),
              closed.url("/e"));
      assertThat(words(image(message, 0))).contains("not a picture of a known kind");
      assertThat(words(image(message, 1))).contains("too long to be shown");
      assertThat(words(image(message, 2))).contains("larger than 5000 kB");
      assertThat(words(image(message, 3))).contains("no longer there");
      assertThat(words(image(message, 4))).contains("did not give it out (403)");
      // what failed is not asked for again at once
      assertThat(words(image(message, 4))).contains("did not give it out (403)");
      assertThat(closed.asked()).hasSize(1);
    }
  }

  @Test
  void manyWhoLookAtOnceShareOneFetch() throws Exception {
    try (ScriptedWeb slow =
            ScriptedWeb.of((request, out) -> {
              Thread.sleep(400);
              out.write(answer("200 OK", "", PICTURE));
            });
        var agents = Executors.newVirtualThreadPerTaskExecutor()) {
      JsonNode message = mailWith(address("anna"), slow.url("/" + Inbox.word() + ".png"));
      var answers =
          IntStream.range(0, 6).mapToObj(n -> agents.submit(() -> image(message, 0))).toList();
      for (var answered : answers) {
        assertThat(answered.get().body()).isEqualTo(PICTURE);
      }
      assertThat(slow.asked()).hasSize(1);
    }
  }

  @Test
  void forgetsWhatIsOldAndWhatIsTooMuch() throws Exception {
    RemoteImageStore store = shopbell.bean(RemoteImageStore.class);
    try (ScriptedWeb web = servingPictures()) {
      JsonNode message = mailWith(address("anna"), web.url("/" + Inbox.word() + ".png"));
      image(message, 0);
      store.forget(Instant.EPOCH, Long.MAX_VALUE);
      image(message, 0);
      assertThat(web.asked()).hasSize(1);
      store.forget(Instant.EPOCH, 0);
      image(message, 0);
      assertThat(web.asked()).hasSize(2);
      store.forget(shopbell.bean(Clock.class).instant().plusSeconds(1), Long.MAX_VALUE);
      image(message, 0);
      assertThat(web.asked()).hasSize(3);
    }
  }

  private JsonNode trust(JsonNode message, String sender) {
    long brand =
        inbox.conversation(message.path("conversationId").asLong()).path("brandId").asLong();
    return shopbell.api().post("/trusted-senders", Map.of("brandId", brand, "sender", sender));
  }

  private boolean allowed(JsonNode message) {
    return inbox.messages(message.path("conversationId").asLong()).stream()
        .filter(one -> one.path("id").asLong() == message.path("id").asLong())
        .findFirst()
        .orElseThrow()
        .path("imagesAllowed")
        .asBoolean();
  }

  @Test
  void aTrustedSendersPicturesAreAllowedUntilTrustIsTakenBack() {
    String domain = Inbox.word() + ".example";
    String anna = "Anna." + Inbox.word() + "@" + domain;
    JsonNode annas = mailWith(anna.toLowerCase(), "https://a.example/1.png");
    JsonNode colleagues = mailWith("bert@" + domain, "https://a.example/1.png");
    JsonNode strangers = mailWith("eve@sub." + domain, "https://a.example/1.png");

    JsonNode one = trust(annas, anna);
    assertThat(one.path("sender").asString()).isEqualTo(anna.toLowerCase());
    assertThat(trust(annas, anna).path("id")).isEqualTo(one.path("id"));
    assertThat(allowed(annas)).isTrue();
    assertThat(allowed(colleagues)).isFalse();

    JsonNode all = trust(annas, domain);
    assertThat(allowed(colleagues)).isTrue();
    assertThat(allowed(strangers)).isFalse();

    long brand = one.path("brandId").asLong();
    assertThat(shopbell.api().all("/trusted-senders?brand=" + brand))
        .extracting(row -> row.path("sender").asString())
        .contains(anna.toLowerCase(), domain);
    shopbell.api().delete("/trusted-senders/" + one.path("id").asLong());
    assertThat(allowed(annas)).isTrue();
    shopbell.api().delete("/trusted-senders/" + all.path("id").asLong());
    assertThat(allowed(annas)).isFalse();
    assertThat(allowed(colleagues)).isFalse();
    assertThat(shopbell.api().get("/audit?limit=20").path("items").findValuesAsString("name"))
        .contains("TrustedSenderAdded", "TrustedSenderRemoved");
  }

  @Test
  void whoOnlySaysToBeATrustedSenderIsNotTrusted() {
    String anna = address("anna");
    JsonNode message = mailWith(anna, "https://a.example/1.png");
    trust(message, anna);
    assertThat(allowed(message)).isTrue();
    shopbell
        .bean(JdbcClient.class)
        .sql(
            """
            update message set authentication = '{"verdict": "failed", "reason": "Forged."}'::jsonb
            where id = ?
            """)
        .param(message.path("id").asLong())
        .update();
    assertThat(allowed(message)).isFalse();
  }

  @Test
  void aDomainWhereAnybodyCanHaveAnAddressIsNotTrusted() {
    long brand = shopbell.api().all("/brands").getFirst().path("id").asLong();
    for (String sender : List.of("gmail.com", "GMX.de", "x", "a b.example", "@x.example", "")) {
      assertThat(
              shopbell
                  .api()
                  .send(
                      "POST",
                      "/trusted-senders",
                      Map.of("brandId", brand, "sender", sender),
                      Map.of())
                  .status())
          .as(sender)
          .isEqualTo(422);
    }
  }
}
