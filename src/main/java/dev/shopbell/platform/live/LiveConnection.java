package dev.shopbell.platform.live;

import dev.shopbell.platform.facts.FactPosition;
import dev.shopbell.platform.facts.StoredFact;
import dev.shopbell.platform.web.Caller;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One browser. What it is to get waits in a short queue that a thread of its own empties, so that a
 * slow reader holds up nobody; one whose queue is full is cut, and resumes by its last cursor when
 * it comes back.
 */
final class LiveConnection {
  private static final int QUEUE = 2_000;
  private static final Bandwidth MEASURE =
      Bandwidth.builder().capacity(60).refillGreedy(20, Duration.ofSeconds(1)).build();

  /** What the browser gets. Absent values are left out. */
  @com.fasterxml.jackson.annotation.JsonInclude(
      com.fasterxml.jackson.annotation.JsonInclude.Include.NON_NULL)
  record Frame(
      String type,
      String cursor,
      @Nullable String name,
      @Nullable Long conversationId,
      @Nullable Long messageId,
      @Nullable Long customerId,
      @Nullable Long agentId,
      @Nullable Instant at) {
    static Frame plain(String type, FactPosition cursor) {
      return new Frame(type, cursor.toString(), null, null, null, null, null, null);
    }

    static Frame of(StoredFact fact) {
      return new Frame(
          "fact",
          fact.position().toString(),
          fact.name(),
          fact.conversationId(),
          fact.messageId(),
          fact.customerId(),
          fact.actor().kind() == dev.shopbell.platform.facts.Actor.Kind.agent
              ? fact.actor().id()
              : null,
          fact.at());
    }
  }

  private final WebSocketSession session;
  private volatile Caller caller;
  private final JsonMapper json;
  private final BlockingQueue<Object> queue = new ArrayBlockingQueue<>(QUEUE);
  private final String name = UUID.randomUUID().toString();
  private final Bucket measure =
      Bucket.builder().withNanosecondPrecision().addLimit(MEASURE).build();
  private final Thread sender;

  LiveConnection(WebSocketSession session, Caller caller, JsonMapper json) {
    this.session = session;
    this.caller = caller;
    this.json = json;
    this.sender = Thread.ofVirtual().name("live " + session.getId()).start(this::empty);
  }

  void send(SeenFacts facts) {
    Instant until = caller.sight().until();
    if (until != null && !until.isAfter(facts.at())) {
      signedOut();
      return;
    }
    for (StoredFact fact : facts.by(caller.sight())) {
      if (!concerns(fact)) {
        continue;
      }
      put(Frame.of(fact));
    }
  }

  /** A fact that names for whom it is ({@code onlyFor}) is for nobody else. */
  private boolean concerns(StoredFact fact) {
    JsonNode onlyFor = fact.data().path("onlyFor");
    return !onlyFor.isArray()
        || onlyFor.valueStream().anyMatch(id -> id.asLong() == caller.agentId());
  }

  void hello(FactPosition position) {
    put(Frame.plain("hello", position));
  }

  void reset(FactPosition position) {
    put(Frame.plain("reset", position));
  }

  void beat(FactPosition position) {
    put(Frame.plain("beat", position));
  }

  Caller caller() {
    return caller;
  }

  /** They may do or see something else now: what their browser has read is worth nothing. */
  void becomes(Caller now, FactPosition position) {
    if (!now.equals(caller)) {
      caller = now;
      reset(position);
    }
  }

  /** Whoever it is has been signed out. */
  void signedOut() {
    close(CloseStatus.POLICY_VIOLATION.withReason("signed out"));
  }

  /** The node stops: the browser is to come back at once, to another. */
  void goAway() {
    close(CloseStatus.GOING_AWAY);
  }

  void company(Gathering.Frame frame) {
    put(frame);
  }

  /** Unique among all nodes. */
  String name() {
    return name;
  }

  /** Whether the desk keeps to its measure: some 20 frames a second, and now and then more. */
  boolean speaksCalmly() {
    return measure.tryConsume(1);
  }

  private void put(Object frame) {
    if (!queue.offer(frame)) {
      close(CloseStatus.SERVICE_OVERLOAD.withReason("too slow"));
    }
  }

  private void empty() {
    try {
      while (session.isOpen()) {
        session.sendMessage(new TextMessage(json.writeValueAsString(queue.take())));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException | IllegalStateException e) {
      close(CloseStatus.SESSION_NOT_RELIABLE);
    }
  }

  /** It is closed already; nobody waits for what is still to be sent. */
  void ended() {
    sender.interrupt();
  }

  void close(CloseStatus status) {
    // Closing waits for the peer, which may be the very one that does not read.
    Thread.ofVirtual()
        .start(() -> {
          try {
            session.close(status);
          } catch (IOException | IllegalStateException e) {
            // Gone already.
          }
        });
    sender.interrupt();
  }
}
