package dev.shopbell;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The live connection of an open desk, and all it has been told. */
public final class OpenDesk implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();

  private final List<JsonNode> frames = new CopyOnWriteArrayList<>();
  private final Listener listener = new Listener();
  private volatile int closed;
  private WebSocket socket;

  private final class Listener implements WebSocket.Listener {
    private final StringBuilder part = new StringBuilder();

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
  }

  private OpenDesk() {}

  /** Opens one, greeted or not. */
  public static OpenDesk opening(RunningShopbell shopbell, Map<String, String> headers) {
    return opening(shopbell.address(), headers);
  }

  static OpenDesk opening(String program, Map<String, String> headers) {
    OpenDesk desk = new OpenDesk();
    WebSocket.Builder builder = HttpClient.newHttpClient().newWebSocketBuilder();
    headers.forEach(builder::header);
    URI address = URI.create(program.replace("http:", "ws:") + "/api/v1/live");
    desk.socket = builder.buildAsync(address, desk.listener).join();
    return desk;
  }

  /** One whose agent is known by their token. */
  public static OpenDesk of(RunningShopbell shopbell, String token) {
    OpenDesk desk = opening(shopbell, Map.of("Authorization", "Bearer " + token));
    desk.hello();
    return desk;
  }

  /** In the order in which they came. */
  public List<JsonNode> frames() {
    return frames;
  }

  public JsonNode await(String what, Predicate<JsonNode> wanted) {
    return Inbox.soon(what)
        .until(
            () -> frames.stream().filter(wanted).findFirst().orElse(null), found -> found != null);
  }

  public JsonNode hello() {
    return await("hello", frame -> frame.path("type").asString().equals("hello"));
  }

  public void say(String text) {
    socket.sendText(text, true).join();
  }

  /** Says where its agent is: {@code reading}, {@code noting} or {@code replying} there. */
  public OpenDesk isAt(long conversation, String doing) {
    say(
        "{\"type\":\"here\",\"conversationId\":%d,\"doing\":\"%s\"}"
            .formatted(conversation, doing));
    return this;
  }

  /** Says that its agent looks at no conversation. */
  public OpenDesk isHere(boolean idle) {
    say("{\"type\":\"here\",\"idle\":" + idle + "}");
    return this;
  }

  /** Why it was closed from the other side; 0 while it is open. */
  public int closed() {
    return closed;
  }

  /** Is gone without a word. */
  @Override
  public void close() {
    socket.abort();
  }
}
