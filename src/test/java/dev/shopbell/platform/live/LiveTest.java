package dev.shopbell.platform.live;

import static dev.shopbell.Inbox.SHOP;
import static dev.shopbell.Inbox.address;
import static dev.shopbell.Inbox.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.shopbell.Colleague;
import dev.shopbell.Inbox;
import dev.shopbell.Mail;
import dev.shopbell.RunningShopbell;
import dev.shopbell.platform.facts.Actor;
import dev.shopbell.platform.facts.Fact;
import dev.shopbell.platform.facts.Facts;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a desk that is open sees of what happens elsewhere. */
class LiveTest {
  private static final JsonMapper JSON = new JsonMapper();

  private final RunningShopbell shopbell = RunningShopbell.shared();
  private final Inbox inbox = new Inbox(shopbell);
  private final List<Desk> desks = new ArrayList<>();

  record TeaDrunk(int cup) implements Fact {}

  /** An open desk and all it has been told. */
  private static final class Desk implements WebSocket.Listener {
    private final List<JsonNode> frames = new CopyOnWriteArrayList<>();
    private final StringBuilder part = new StringBuilder();
    private volatile int closed;
    private WebSocket socket;

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      part.append(data);
      if (last) {
        frames.add(JSON.readTree(part.toString()));
        part.setLength(0);
      }
      from.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
      closed = code;
      return null;
    }

    JsonNode await(String what, Predicate<JsonNode> wanted) {
      return soon(what)
          .until(
              () -> frames.stream().filter(wanted).findFirst().orElse(null),
              found -> found != null);
    }

    JsonNode hello() {
      return await("hello", frame -> frame.path("type").asString().equals("hello"));
    }

    void say(String text) {
      socket.sendText(text, true).join();
    }
  }

  private Desk open(Map<String, String> headers) {
    Desk desk = new Desk();
    WebSocket.Builder builder = HttpClient.newHttpClient().newWebSocketBuilder();
    headers.forEach(builder::header);
    URI address = URI.create(shopbell.address().replace("http:", "ws:") + "/api/v1/live");
    desk.socket = builder.buildAsync(address, desk).join();
    desks.add(desk);
    return desk;
  }

  private Desk open() {
    Desk desk = open(Map.of("Authorization", "Bearer " + RunningShopbell.TOKEN));
    desk.hello();
    return desk;
  }

  @AfterEach
  void close() {
    desks.forEach(desk -> desk.socket.abort());
  }

  private static Predicate<JsonNode> fact(String name, long conversation) {
    return frame ->
        frame.path("name").asString("").equals(name)
            && frame.path("conversationId").asLong() == conversation;
  }

  @Test
  void greetsWithTheEndOfTheLog() {
    Desk desk = open(Map.of("Authorization", "Bearer " + RunningShopbell.TOKEN));
    assertThat(desk.hello().path("cursor").asString()).matches("\\d+-\\d+");
  }

  @Test
  void tellsOfAMailWithinASecond() {
    Desk desk = open();
    List<Duration> took = new ArrayList<>();
    // The best of three: a busy machine may be late once.
    for (int i = 0; i < 3; i++) {
      int before = desk.frames.size();
      Mail mail = Mail.plain(address("anna"), SHOP, "Green teapot", "Where is it?");
      assertThat(mail.send(shopbell.smtpPort()).code()).isEqualTo(250);
      long acknowledged = System.nanoTime();
      soon("MessageReceived")
          .until(() ->
              desk.frames.stream()
                  .skip(before)
                  .anyMatch(frame -> frame.path("name").asString("").equals("MessageReceived")));
      took.add(Duration.ofNanos(System.nanoTime() - acknowledged));
    }
    assertThat(took).anyMatch(one -> one.compareTo(Duration.ofSeconds(1)) < 0);
  }

  @Test
  void saysWhatHappenedWhereAndWhoDidItButNoWordOfIt() {
    Desk desk = open();
    String anna = address("anna");
    long id = inbox.begin(anna, "Secret subject");
    inbox.reply(id, "Secret answer");
    JsonNode received = desk.await("received", fact("MessageReceived", id));
    assertThat(received.path("messageId").asLong())
        .isEqualTo(inbox.messages(id).getFirst().path("id").asLong());
    JsonNode queued = desk.await("queued", fact("ReplyQueued", id));
    assertThat(queued.path("agentId").asLong())
        .isEqualTo(shopbell.api().get("/session").path("agent").path("id").asLong());
    desk.await("sent", fact("ReplySent", id));
    assertThat(desk.frames.toString()).doesNotContain("Secret").doesNotContain(anna);
  }

  @Test
  void deliversAfterADropWhatWasMissed() {
    Desk desk = open();
    long before = inbox.begin(address("anna"), "Before the drop");
    String cursor = desk.await("seen", fact("MessageReceived", before)).path("cursor").asString();
    desk.socket.abort();
    long missed = inbox.begin(address("bert"), "During the drop");
    Desk again = open();
    again.say("{\"type\":\"resume\",\"after\":\"" + cursor + "\"}");
    again.await("missed", fact("MessageReceived", missed));
    assertThat(again.frames).noneMatch(fact("ConversationStarted", before));
  }

  @Test
  void whoeverMissedTooMuchStartsAnew() {
    Desk desk = open();
    String old = desk.hello().path("cursor").asString();
    shopbell
        .bean(TransactionTemplate.class)
        .executeWithoutResult(status ->
            shopbell
                .bean(Facts.class)
                .append(Actor.SYSTEM, IntStream.range(0, 1_001).mapToObj(TeaDrunk::new).toList()));
    desk.await("the last", frame -> frame.path("name").asString("").equals("TeaDrunk"));
    Desk again = open();
    again.say("{\"type\":\"resume\",\"after\":\"" + old + "\"}");
    JsonNode reset = again.await("reset", frame -> frame.path("type").asString().equals("reset"));
    assertThat(reset.path("cursor").asString()).isNotEqualTo(old);
  }

  @Test
  void nobodyGetsInWithoutSigningIn() {
    assertRefused(401, Map.of());
    assertRefused(401, Map.of("Authorization", "Bearer sb_wrong"));
  }

  @Test
  void tokenThatMayNotReadConversationsIsRefused() {
    JsonNode token =
        shopbell
            .api()
            .post("/tokens", Map.of("name", "Metrics", "scopes", List.of("metrics:read")));
    assertRefused(403, Map.of("Authorization", "Bearer " + token.path("token").asString()));
  }

  @Test
  void pageOfAnotherSiteIsRefused() {
    assertRefused(
        403,
        Map.of(
            "Authorization", "Bearer " + RunningShopbell.TOKEN, "Origin", "https://evil.example"));
    open(Map.of("Authorization", "Bearer " + RunningShopbell.TOKEN, "Origin", shopbell.address()))
        .hello();
  }

  private void assertRefused(int status, Map<String, String> headers) {
    assertThatThrownBy(() -> open(headers))
        .isInstanceOf(CompletionException.class)
        .cause()
        .isInstanceOfSatisfying(
            WebSocketHandshakeException.class,
            e -> assertThat(e.getResponse().statusCode()).isEqualTo(status));
  }

  @Test
  void garbageClosesTheConnection() {
    for (String garbage :
        List.of(
            "{",
            "{\"type\":\"resume\",\"after\":\"x\"}",
            "{\"type\":\"resume\"}",
            "x".repeat(5_000))) {
      Desk desk = open();
      desk.say(garbage);
      soon("closed on " + garbage.substring(0, 1)).until(() -> desk.closed != 0);
      assertThat(desk.closed).isIn(1007, 1009);
    }
    open();
  }

  @Test
  void severalDesksAreToldTheSame() {
    Desk one = open();
    Desk two = open();
    long id = inbox.begin(address("anna"), "For both");
    one.await("one", fact("MessageReceived", id));
    two.await("two", fact("MessageReceived", id));
    Colleague.joins(shopbell, "agent")
        .put("/conversations/" + id + "/priority", Map.of("priority", "high"));
    one.await("one", fact("ConversationPriorityChanged", id));
    two.await("two", fact("ConversationPriorityChanged", id));
  }
}
