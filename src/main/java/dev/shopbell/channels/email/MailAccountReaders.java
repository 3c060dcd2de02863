package dev.shopbell.channels.email;

import dev.shopbell.platform.database.Wakeups;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Sees to it that each account is read by one node. A node holds an account by a lease that it
 * keeps renewing; where it dies, another takes the account when the lease has run out.
 */
@Component
class MailAccountReaders implements SmartLifecycle {
  private static final Logger log = LoggerFactory.getLogger(MailAccountReaders.class);
  private static final Duration LEASE = Duration.ofSeconds(10);
  private static final Duration RENEWAL = Duration.ofSeconds(3);

  private final String node = UUID.randomUUID().toString();
  private final MailAccountStore store;
  private final ImapReader.Tools tools;
  private final Wakeups wakeups;
  private final Clock clock;
  private final MultiGauge silence;
  private final MultiGauge states;
  private final Map<Long, ImapReader> readers = new HashMap<>();
  private volatile boolean running;

  MailAccountReaders(
      MailAccountStore store,
      MailAccounts accounts,
      AccessTokens tokens,
      ImapSync sync,
      InternalHosts hosts,
      MailWatch watch) {
    this.store = store;
    this.tools = new ImapReader.Tools(accounts, tokens, sync, hosts);
    this.wakeups = watch.wakeups();
    this.clock = watch.clock();
    this.silence =
        MultiGauge.builder("shopbell.mailbox.silent.seconds")
            .description("since when the server of a mail account has not answered")
            .register(watch.meters());
    this.states =
        MultiGauge.builder("shopbell.mailbox.state")
            .description("1 for the state that a mail account is in")
            .register(watch.meters());
  }

  /** What is needed to look after the accounts, besides the accounts. */
  @Component
  record MailWatch(Wakeups wakeups, Clock clock, MeterRegistry meters) {}

  @Override
  public void start() {
    running = true;
    Thread.ofVirtual().name("mail accounts").start(this::run);
  }

  private void run() {
    Wakeups.Waiter waiter = wakeups.waiter(MailAccounts.TOPIC);
    while (running) {
      try {
        look();
      } catch (RuntimeException e) {
        log.debug("The mail accounts cannot be looked at: {}", e.toString());
      }
      try {
        waiter.await(RENEWAL);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private synchronized void look() {
    if (!running) {
      return;
    }
    Set<Long> held = new HashSet<>();
    for (MailAccountStore.Held one : store.hold(node, LEASE)) {
      held.add(one.id());
      ImapReader reader = readers.get(one.id());
      if (reader != null && reader.revision() != one.revision()) {
        reader.stop();
        reader = null;
      }
      if (reader == null) {
        ImapReader begun = new ImapReader(one.id(), one.revision(), tools);
        readers.put(one.id(), begun);
        Thread.ofVirtual().name("mail account " + one.id()).start(begun);
      }
    }
    readers
        .entrySet()
        .removeIf(entry -> {
          boolean lost = !held.contains(entry.getKey());
          if (lost) {
            entry.getValue().stop();
          }
          return lost;
        });
    tools.accounts().noteSilent();
    measure();
  }

  private void measure() {
    List<MultiGauge.Row<?>> silences = new ArrayList<>();
    List<MultiGauge.Row<?>> all = new ArrayList<>();
    for (MailAccount account : store.all()) {
      Tags tags = Tags.of("account", Long.toString(account.id()));
      boolean paused = account.state() == MailAccount.State.paused;
      silences.add(
          MultiGauge.Row.of(
              tags,
              paused
                  ? 0
                  : Duration.between(account.lastSeenAt(), clock.instant()).toMillis() / 1000.0));
      all.add(MultiGauge.Row.of(tags.and("state", account.state().name()), 1));
    }
    silence.register(silences, true);
    states.register(all, true);
  }

  @Override
  public synchronized void stop() {
    running = false;
    readers.values().forEach(ImapReader::stop);
    readers.clear();
    try {
      store.release(node);
    } catch (RuntimeException e) {
      log.debug("The mail accounts are let go by their leases: {}", e.toString());
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /** Gone before what it stores mail with. */
  @Override
  public int getPhase() {
    return 1_000;
  }
}
