package dev.shopbell.platform.live;

import dev.shopbell.platform.database.Wakeups;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tells every desk who else is there, and at which of the conversations that they may see. Nothing
 * of it is stored: nodes tell each other by NOTIFY what their desks say, at once when it changes
 * and every two seconds besides, and believe each other for six. Desks are told at most five times
 * a second.
 */
@Component
public class LiveCompany implements SmartLifecycle {
  private static final Logger log = LoggerFactory.getLogger(LiveCompany.class);
  private static final String TOPIC = "company";
  private static final int GATHER_MILLIS = 200;

  /** As many as fit into the 8,000 bytes of a NOTIFY. */
  private static final int MOST_TOLD = 40;

  /** What one node tells the others of its desks. */
  private record Told(List<Whereabouts> desks, List<String> closed) {}

  private final LiveFeed feed;
  private final Presences presences;
  private final LiveSight sight;
  private final Wakeups wakeups;
  private final JsonMapper json;
  private final Desks desks = new Desks();
  private final Semaphore changed = new Semaphore(0);
  private Map<String, Whereabouts> lastTold = Map.of();
  private long lastToldAt = System.nanoTime();
  private volatile Gathering shown = Gathering.NOBODY;
  private volatile boolean running;

  LiveCompany(
      LiveFeed feed, Presences presences, LiveSight sight, Wakeups wakeups, JsonMapper json) {
    this.feed = feed;
    this.presences = presences;
    this.sight = sight;
    this.wakeups = wakeups;
    this.json = json;
    wakeups.hear(TOPIC, this::hear);
  }

  /** Whether an agent has a desk open, on any node, and uses it. */
  public Presences.Connected connected(long agentId) {
    List<Whereabouts> open =
        all(System.nanoTime()).filter(desk -> desk.agentId() == agentId).toList();
    return open.isEmpty()
        ? Presences.Connected.gone
        : open.stream().allMatch(Whereabouts::idle)
            ? Presences.Connected.idle
            : Presences.Connected.active;
  }

  /** Whether an agent has the conversation before them, at a desk in use on any node. */
  public boolean looksAt(long agentId, long conversationId) {
    return all(System.nanoTime())
        .anyMatch(desk ->
            desk.agentId() == agentId
                && !desk.idle()
                && Objects.equals(desk.conversationId(), conversationId));
  }

  /** A desk that has just connected is told of everybody. */
  synchronized void welcome(LiveConnection connection) {
    connection.company(seen(connection, shown.whole()));
  }

  /** What a desk says of itself. A conversation that its agent must not see counts as none. */
  void says(LiveConnection connection, boolean idle, @Nullable Long conversationId, Doing doing) {
    Long conversation =
        conversationId != null && sight.sees(connection.caller(), conversationId)
            ? conversationId
            : null;
    desks.said(
        connection.name(),
        new Whereabouts(
            connection.name(),
            connection.caller().agentId(),
            idle,
            conversation,
            conversation == null ? Doing.reading : doing),
        System.nanoTime());
    changed.release();
  }

  void left(LiveConnection connection) {
    desks.said(connection.name(), null, System.nanoTime());
    changed.release();
  }

  private Stream<Whereabouts> all(long now) {
    return Stream.concat(desks.here(now), desks.elsewhere());
  }

  private void hear(String text) {
    try {
      Told told = json.readValue(text, Told.class);
      desks.toldByAnotherNode(told.desks(), told.closed(), System.nanoTime());
      changed.release();
    } catch (RuntimeException e) {
      // A node of another version: who is at its desks is not known here for as long as both run.
      log.debug("What another node told of its desks cannot be read: {}", e.toString());
    }
  }

  @Override
  public void start() {
    running = true;
    Thread.ofVirtual().name("live company").start(this::follow);
  }

  @Override
  public void stop() {
    running = false;
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  private void follow() {
    try {
      while (running) {
        changed.tryAcquire(1, TimeUnit.SECONDS);
        Thread.sleep(GATHER_MILLIS);
        changed.drainPermits();
        try {
          turn(System.nanoTime());
        } catch (RuntimeException e) {
          log.debug("The desks could not be told who is there: {}", e.toString());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void turn(long now) {
    desks.forgetTheSilent(now);
    tellOtherNodes(now);
    Gathering next = Gathering.of(all(now).toList(), presences);
    Gathering.Frame news = next.since(shown, presences);
    shown = next;
    if (!news.empty()) {
      feed.each(connection -> {
        Gathering.Frame seen = seen(connection, news);
        if (!seen.empty()) {
          connection.company(seen);
        }
      });
    }
  }

  private Gathering.Frame seen(LiveConnection connection, Gathering.Frame frame) {
    return frame.only(
        frame.conversations().stream()
            .filter(company -> sight.sees(connection.caller(), company.conversationId()))
            .toList());
  }

  private void tellOtherNodes(long now) {
    Map<String, Whereabouts> all =
        desks.here(now).collect(Collectors.toMap(Whereabouts::desk, Function.identity()));
    boolean everything = now - lastToldAt >= Desks.TOLD.toNanos();
    List<Whereabouts> told =
        all.values().stream()
            .filter(desk -> everything || !desk.equals(lastTold.get(desk.desk())))
            .toList();
    Set<String> closed = new HashSet<>(lastTold.keySet());
    closed.removeAll(all.keySet());
    tell(told, new ArrayList<>(closed));
    lastTold = all;
    if (everything) {
      lastToldAt = now;
    }
  }

  private void tell(List<Whereabouts> told, List<String> closed) {
    for (int from = 0; from < told.size(); from += MOST_TOLD) {
      List<Whereabouts> part = told.subList(from, Math.min(told.size(), from + MOST_TOLD));
      wakeups.tell(TOPIC, json.writeValueAsString(new Told(part, List.of())));
    }
    for (int from = 0; from < closed.size(); from += MOST_TOLD) {
      List<String> part = closed.subList(from, Math.min(closed.size(), from + MOST_TOLD));
      wakeups.tell(TOPIC, json.writeValueAsString(new Told(List.of(), part)));
    }
  }
}
