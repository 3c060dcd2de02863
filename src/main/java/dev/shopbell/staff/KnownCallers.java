package dev.shopbell.staff;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.shopbell.platform.database.Wakeups;
import dev.shopbell.platform.web.Authenticator;
import dev.shopbell.platform.web.Caller;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Who calls, remembered for a second, since a desk asks many things at once. Whoever loses access
 * has lost it on this node when the change is committed, on the others as soon as they hear of it,
 * and within that second where they do not.
 */
@Component
class KnownCallers implements SmartLifecycle {
  private static final Duration FRESH = Duration.ofSeconds(1);
  private static final int MOST = 10_000;

  private final Cache<String, Known> known =
      Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(FRESH).build();
  private final AtomicLong changes = new AtomicLong();
  private final Wakeups wakeups;
  private volatile boolean running;

  KnownCallers(Wakeups wakeups) {
    this.wakeups = wakeups;
  }

  /**
   * @param change how many changes had been heard of before it was read: one read while another was
   *     made counts for nothing
   */
  private record Known(Caller caller, long change) {}

  /**
   * @param credential a name for it that no other has, never the secret itself
   */
  Optional<Caller> find(String credential, Supplier<Optional<Caller>> read) {
    long change = changes.get();
    Known last = known.getIfPresent(credential);
    if (last != null && last.change() == change) {
      return Optional.of(last.caller());
    }
    Optional<Caller> caller = read.get();
    caller.ifPresent(one -> known.put(credential, new Known(one, change)));
    return caller;
  }

  /** Somebody may call no more, or may do less: counts once this transaction is committed. */
  void changed() {
    if (TransactionSynchronizationManager.isSynchronizationActive()) {
      TransactionSynchronizationManager.registerSynchronization(
          new TransactionSynchronization() {
            @Override
            public void afterCommit() {
              changes.incrementAndGet();
            }
          });
    } else {
      changes.incrementAndGet();
    }
    wakeups.afterCommit(Authenticator.TOPIC);
  }

  @Override
  public void start() {
    running = true;
    Wakeups.Waiter waiter = wakeups.waiter(Authenticator.TOPIC);
    Thread.ofVirtual()
        .name("access changes")
        .start(() -> {
          try {
            while (running) {
              waiter.await(FRESH);
              changes.incrementAndGet();
            }
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
  }

  @Override
  public void stop() {
    running = false;
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}
