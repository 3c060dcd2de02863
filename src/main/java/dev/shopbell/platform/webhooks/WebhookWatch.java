package dev.shopbell.platform.webhooks;

import dev.shopbell.platform.database.Wakeups;
import dev.shopbell.platform.facts.FactHorizon;
import dev.shopbell.platform.facts.FactPosition;
import dev.shopbell.platform.facts.Facts;
import dev.shopbell.platform.facts.StoredFact;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Notices on this node what there is to tell, and has each receiver told on a thread of its own, so
 * that a slow one holds up nobody. Follows the log once for all of them, and not at all while there
 * is none. What it misses it finds within {@link #SWEEP}: each receiver has its own place in the
 * log.
 */
@Component
class WebhookWatch implements SmartLifecycle {
  /** The topic on which is told that somebody has changed a webhook. */
  static final String TOPIC = "webhook";

  private static final Logger log = LoggerFactory.getLogger(WebhookWatch.class);
  private static final int BATCH = 500;

  /** As often those are looked for whose next attempt has come. */
  private static final Duration LOOK = Duration.ofSeconds(1);

  /** As often a place is moved past what a receiver does not want to hear. */
  private static final Duration SWEEP = Duration.ofMinutes(1);

  /** A turn costs the same for one fact as for many. */
  private static final Duration GATHERING = Duration.ofMillis(50);

  /** So long a program that stops waits for what is being sent. */
  private static final Duration GRACE = Duration.ofSeconds(3);

  private final WebhookLedger ledger;
  private final WebhookLine line;
  private final Facts facts;
  private final FactHorizon horizon;
  private final Wakeups wakeups;
  private final Set<Long> atWork = new HashSet<>();
  private final Set<Long> again = new HashSet<>();
  private volatile List<Receiver> receivers = List.of();
  private volatile boolean running;

  WebhookWatch(
      WebhookLedger ledger, WebhookLine line, Facts facts, FactHorizon horizon, Wakeups wakeups) {
    this.ledger = ledger;
    this.line = line;
    this.facts = facts;
    this.horizon = horizon;
    this.wakeups = wakeups;
  }

  @Override
  public void start() {
    running = true;
    Thread.ofVirtual().name("webhooks due").start(this::look);
    Thread.ofVirtual().name("webhooks").start(this::follow);
  }

  /** Who is there to be told, and whose time has come. */
  private void look() {
    Wakeups.Waiter changes = wakeups.waiter(TOPIC);
    Map<Long, Integer> revisions = new HashMap<>();
    long swept = 0;
    while (running) {
      try {
        receivers = ledger.active();
        receivers.stream()
            .filter(one -> !Objects.equals(one.revision(), revisions.put(one.id(), one.revision())))
            .forEach(changed -> begin(changed.id()));
        if (!receivers.isEmpty()) {
          ledger.due().forEach(this::begin);
        }
        if (swept == 0 || System.nanoTime() - swept > SWEEP.toNanos()) {
          swept = System.nanoTime();
          FactPosition newest = facts.newest();
          receivers.stream()
              .filter(receiver -> receiver.position().compareTo(newest) < 0)
              .forEach(receiver -> begin(receiver.id()));
        }
      } catch (RuntimeException e) {
        log.debug("The webhooks cannot be looked at: {}", e.toString());
      }
      try {
        changes.await(receivers.isEmpty() ? SWEEP : LOOK);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void follow() {
    FactPosition at = FactPosition.START;
    while (running) {
      try {
        if (receivers.isEmpty()) {
          at = FactPosition.START;
          Thread.sleep(LOOK);
          continue;
        }
        if (at.equals(FactPosition.START)) {
          at = facts.newest();
          receivers.forEach(receiver -> begin(receiver.id()));
        }
        List<StoredFact> batch = facts.after(at, BATCH);
        for (Receiver receiver : receivers) {
          if (batch.stream().anyMatch(receiver::wants)) {
            begin(receiver.id());
          }
        }
        at = batch.isEmpty() ? at : batch.getLast().position();
        if (batch.size() < BATCH) {
          horizon.await(at, LOOK);
          Thread.sleep(GATHERING);
        }
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException e) {
        log.debug("The webhooks wait for the database: {}", e.toString());
        pause();
      }
    }
  }

  /** One that is being told already goes on afterwards. */
  private synchronized void begin(long id) {
    if (!running) {
      return;
    }
    if (atWork.add(id)) {
      Thread.ofVirtual().name("webhook " + id).start(() -> work(id));
    } else {
      again.add(id);
    }
  }

  private void work(long id) {
    do {
      try {
        line.run(id);
      } catch (RuntimeException e) {
        if (running) {
          log.warn("Webhook {} stopped on the way and is tried again", id, e);
        }
        // its lease has ended or will, and then it is found again
        pause();
      }
    } while (goesOn(id));
  }

  private synchronized boolean goesOn(long id) {
    if (running && again.remove(id)) {
      return true;
    }
    again.remove(id);
    atWork.remove(id);
    notifyAll();
    return false;
  }

  private static void pause() {
    try {
      Thread.sleep(LOOK);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public synchronized void stop() {
    running = false;
    line.stop();
    long until = System.nanoTime() + GRACE.toNanos();
    try {
      while (!atWork.isEmpty() && System.nanoTime() < until) {
        wait(50);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    ledger.releaseAll();
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}
