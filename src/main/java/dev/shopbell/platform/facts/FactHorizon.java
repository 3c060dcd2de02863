package dev.shopbell.platform.facts;

import dev.shopbell.platform.database.Wakeups;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * How far the log can be read now. One look for all readers of this node: each of them asking for
 * itself, again and again while a fact hides behind an older transaction, was a third of what
 * intake asked of the database.
 */
@Component
public class FactHorizon implements SmartLifecycle {
  private static final Logger log = LoggerFactory.getLogger(FactHorizon.class);

  /** A wake-up can be lost with its connection; this bounds how late that makes a reader. */
  private static final Duration LONGEST_SLEEP = Duration.ofSeconds(1);

  private final Facts facts;
  private final Wakeups wakeups;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition moved = lock.newCondition();
  private volatile FactPosition newest = FactPosition.START;
  private volatile boolean running;

  FactHorizon(Facts facts, Wakeups wakeups) {
    this.facts = facts;
    this.wakeups = wakeups;
  }

  /** Returns when facts behind the position can be read, or after {@code longest}. */
  public void await(FactPosition position, Duration longest) throws InterruptedException {
    long left = longest.toNanos();
    lock.lockInterruptibly();
    try {
      while (left > 0 && newest.compareTo(position) <= 0) {
        left = moved.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void start() {
    running = true;
    Thread.ofVirtual().name("fact horizon").start(this::follow);
  }

  private void follow() {
    Wakeups.Waiter waiter = wakeups.waiter(Facts.TOPIC);
    while (running) {
      try {
        if (!look()) {
          waiter.await(LONGEST_SLEEP);
        }
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException e) {
        if (running) {
          log.debug("The log cannot be looked at: {}", e.toString());
          pause();
        }
      }
    }
  }

  private boolean look() {
    FactPosition now = facts.newest();
    if (now.equals(newest)) {
      return false;
    }
    lock.lock();
    try {
      newest = now;
      moved.signalAll();
    } finally {
      lock.unlock();
    }
    return true;
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(500);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void stop() {
    running = false;
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /** Before its readers. */
  @Override
  public int getPhase() {
    return -50;
  }
}
