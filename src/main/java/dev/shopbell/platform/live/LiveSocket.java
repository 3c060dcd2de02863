package dev.shopbell.platform.live;

import dev.shopbell.platform.Settings;
import dev.shopbell.platform.facts.FactPosition;
import dev.shopbell.platform.facts.Facts;
import dev.shopbell.platform.facts.StoredFact;
import dev.shopbell.platform.web.Caller;
import dev.shopbell.platform.web.LiveDoor;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.config.annotation.EnableWebSocket;
import org.springframework.web.socket.config.annotation.WebSocketConfigurer;
import org.springframework.web.socket.config.annotation.WebSocketHandlerRegistration;
import org.springframework.web.socket.config.annotation.WebSocketHandlerRegistry;
import org.springframework.web.socket.handler.TextWebSocketHandler;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code /api/v1/live}: facts as they happen, and who else is there. A browser that was away sends
 * the last cursor it saw; a desk says where its agent is.
 */
@Configuration(proxyBeanMethods = false)
@EnableWebSocket
class LiveSocket extends TextWebSocketHandler implements WebSocketConfigurer {
  private static final String PATH = "/api/v1/live";

  /** Whoever missed more than this refetches what it shows. */
  private static final int MOST_REPLAYED = 1_000;

  private static final int LONGEST_MESSAGE = 1_024;

  private final LiveFeed feed;
  private final LiveCompany company;
  private final Facts facts;
  private final JsonMapper json;
  private final Settings settings;
  private final Map<String, LiveConnection> connections = new ConcurrentHashMap<>();

  LiveSocket(
      LiveFeed feed,
      LiveCompany company,
      Facts facts,
      JsonMapper json,
      Settings settings,
      MeterRegistry meters) {
    this.feed = feed;
    this.company = company;
    this.facts = facts;
    this.json = json;
    this.settings = settings;
    Gauge.builder("shopbell.live.connections", feed::size)
        .description("browsers connected to this node")
        .register(meters);
  }

  @Override
  public void registerWebSocketHandlers(WebSocketHandlerRegistry registry) {
    WebSocketHandlerRegistration live =
        registry.addHandler(this, PATH).addInterceptors(new LiveDoor());
    if (!settings.publicUrl().isEmpty()) {
      live.setAllowedOrigins(settings.linkBase());
    }
  }

  @Override
  public void afterConnectionEstablished(WebSocketSession session) {
    session.setTextMessageSizeLimit(LONGEST_MESSAGE);
    LiveConnection connection =
        new LiveConnection(
            session,
            (Caller) Objects.requireNonNull(session.getAttributes().get(Caller.ATTRIBUTE)),
            json);
    Optional<FactPosition> position = feed.join(connection);
    if (position.isEmpty()) {
      connection.close(CloseStatus.SERVICE_OVERLOAD.withReason("too many connections"));
      return;
    }
    connections.put(session.getId(), connection);
    connection.hello(position.get());
    company.welcome(connection);
  }

  @Override
  protected void handleTextMessage(WebSocketSession session, TextMessage message) {
    LiveConnection connection = connections.get(session.getId());
    if (connection == null) {
      return;
    }
    try {
      if (!connection.speaksCalmly()) {
        connection.close(CloseStatus.POLICY_VIOLATION.withReason("too many frames"));
        return;
      }
      JsonNode said = json.readTree(message.getPayload());
      switch (said.path("type").asString("")) {
        case "resume" -> resume(connection, FactPosition.parse(said.path("after").asString("")));
        case "here" ->
            company.says(
                connection,
                said.path("idle").asBoolean(false),
                said.path("conversationId").isIntegralNumber()
                    ? said.path("conversationId").asLong()
                    : null,
                Doing.valueOf(said.path("doing").asString("reading")));
        default -> {
          // A desk of a newer version.
        }
      }
    } catch (JacksonException | IllegalArgumentException e) {
      connection.close(CloseStatus.BAD_DATA);
    }
  }

  /** Facts that come twice, once replayed and once live, do no harm: they only say what changed. */
  private void resume(LiveConnection connection, FactPosition after) {
    List<StoredFact> missed = facts.after(after, MOST_REPLAYED + 1);
    if (missed.size() > MOST_REPLAYED) {
      connection.reset(feed.position());
    } else {
      feed.replay(connection, missed);
    }
  }

  @Override
  public void afterConnectionClosed(WebSocketSession session, CloseStatus status) {
    LiveConnection connection = connections.remove(session.getId());
    if (connection != null) {
      feed.leave(connection);
      company.left(connection);
      connection.ended();
    }
  }
}
