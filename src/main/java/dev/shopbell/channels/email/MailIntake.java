package dev.shopbell.channels.email;

import dev.shopbell.conversations.Conversations;
import dev.shopbell.conversations.Incoming;
import dev.shopbell.conversations.Received;
import dev.shopbell.platform.database.Wakeups;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes stored mail into the inbox. Any node may: each worker claims a batch of what is due, reads
 * it and hands it over, all in one transaction, so that a crash leaves the mail as it was. Reading
 * comes first and writes nothing: two workers read side by side, and write in turn. At light load a
 * batch is one mail; under load up to {@value #BATCH}, which is what makes it fast.
 */
@Component
class MailIntake implements SmartLifecycle {
  private static final Logger log = LoggerFactory.getLogger(MailIntake.class);
  private static final int BATCH = 50;
  private static final int WORKERS = 2;
  private static final int ATTEMPTS = 4;
  private static final Duration PASSES_IN = Duration.ofSeconds(5);
  private static final Duration LONGEST_SLEEP = Duration.ofSeconds(1);

  private final StoredMails mails;
  private final MailReader reader;
  private final AgentMail agentMail;
  private final Conversations conversations;
  private final TransactionTemplate transaction;
  private final Wakeups wakeups;
  private final Clock clock;
  private final List<Thread> workers = new ArrayList<>();
  private volatile boolean running;

  MailIntake(
      StoredMails mails,
      MailReader reader,
      AgentMail agentMail,
      Conversations conversations,
      TransactionTemplate transaction,
      Wakeups wakeups,
      Clock clock,
      MeterRegistry meters) {
    this.mails = mails;
    this.reader = reader;
    this.agentMail = agentMail;
    this.conversations = conversations;
    this.transaction = transaction;
    this.wakeups = wakeups;
    this.clock = clock;
    Gauge.builder("shopbell.mail.oldest.seconds", this::oldestSeconds)
        .description("age of the oldest stored mail that is not in the inbox")
        .register(meters);
  }

  @Override
  public void start() {
    running = true;
    for (int i = 0; i < WORKERS; i++) {
      workers.add(Thread.ofPlatform().name("mail intake " + i).daemon().start(this::run));
    }
  }

  @Override
  public void stop() {
    running = false;
    workers.forEach(Thread::interrupt);
    for (Thread worker : workers) {
      try {
        worker.join(10_000);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    workers.clear();
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  @Override
  public int getPhase() {
    return 800;
  }

  private void run() {
    Wakeups.Waiter waiter = wakeups.waiter(StoredMails.TOPIC);
    while (running) {
      try {
        if (take(BATCH) == 0) {
          waiter.await(LONGEST_SLEEP);
        }
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException e) {
        if (running) {
          log.warn("A batch of mail could not be taken, going on one by one: {}", e.toString());
          oneByOne(waiter);
        }
      }
    }
  }

  /** Takes a batch; returns how many mails it was. */
  private int take(int limit) {
    Integer taken =
        transaction.execute(status -> {
          List<StoredMail> batch = mails.claim(limit);
          if (!batch.isEmpty()) {
            hand(batch, read(batch));
          }
          return batch.size();
        });
    return taken == null ? 0 : taken;
  }

  /** Each mail is parsed first, then split in the light of what its conversations hold. */
  private List<Incoming> read(List<StoredMail> batch) {
    List<ParsedMail> parsed = new ArrayList<>();
    Set<Conversations.MessageKey> answered = new LinkedHashSet<>();
    for (StoredMail mail : batch) {
      try {
        parsed.add(reader.parse(mail));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      answered.addAll(MailReader.answered(mail, parsed.getLast()));
    }
    Map<Conversations.MessageKey, List<String>> texts = conversations.textsAround(answered);
    List<Incoming> incoming = new ArrayList<>();
    for (int i = 0; i < batch.size(); i++) {
      List<String> thread =
          MailReader.answered(batch.get(i), parsed.get(i)).stream()
              .map(texts::get)
              .filter(Objects::nonNull)
              .findFirst()
              .orElse(List.of());
      incoming.add(reader.incoming(batch.get(i), parsed.get(i), thread));
    }
    return incoming;
  }

  private void hand(List<StoredMail> batch, List<Incoming> incoming) {
    boolean answers =
        incoming.stream()
            .anyMatch(mail -> !mail.references().isEmpty() || mail.signedConversation() != null);
    if (answers) {
      mails.awaitEarlier(batch.stream().mapToLong(StoredMail::id).min().orElseThrow());
    }
    List<Integer> agents = new ArrayList<>();
    List<Integer> customers = new ArrayList<>();
    for (int i = 0; i < batch.size(); i++) {
      (agentMail.isMeant(batch.get(i), incoming.get(i)) ? agents : customers).add(i);
    }
    List<Received> received =
        customers.isEmpty()
            ? List.of()
            : conversations.receive(customers.stream().map(incoming::get).toList());
    List<StoredMails.Outcome> outcomes = new ArrayList<>();
    for (int i = 0; i < customers.size(); i++) {
      outcomes.add(outcome(batch.get(customers.get(i)).id(), received.get(i)));
    }
    for (int i : agents) {
      outcomes.add(agentMail.take(batch.get(i), incoming.get(i)));
    }
    mails.settle(outcomes);
  }

  private static StoredMails.Outcome outcome(long id, Received received) {
    return switch (received) {
      case Received.Taken(long message, long conversation) ->
          new StoredMails.Outcome(id, "taken", message);
      case Received.Duplicate(long message) -> new StoredMails.Outcome(id, "duplicate", message);
      case Received.Echo(long message) -> new StoredMails.Outcome(id, "echo", message);
      case Received.Unrelated() -> new StoredMails.Outcome(id, "unrelated", null);
    };
  }

  private void oneByOne(Wakeups.Waiter waiter) {
    for (int i = 0; running && i < BATCH; i++) {
      @Nullable StoredMail[] current = new StoredMail[1];
      try {
        transaction.executeWithoutResult(status -> {
          mails.claim(1).stream()
              .findFirst()
              .ifPresent(mail -> {
                current[0] = mail;
                boolean lastTry = mail.attempts() >= ATTEMPTS - 1;
                hand(
                    List.of(mail),
                    lastTry ? List.of(MailReader.unreadable(mail)) : read(List.of(mail)));
              });
        });
        if (current[0] == null) {
          return;
        }
      } catch (RuntimeException e) {
        if (!postponed(current[0], e, waiter)) {
          return;
        }
      }
    }
  }

  /** False if the database is away, so that nothing can be tried. */
  private boolean postponed(
      @Nullable StoredMail mail, RuntimeException error, Wakeups.Waiter waiter) {
    try {
      if (mail == null) {
        waiter.await(LONGEST_SLEEP);
        return false;
      }
      log.error(
          "The stored mail {} could not be taken, attempt {}",
          mail.id(),
          mail.attempts() + 1,
          error);
      if (isPassing(error)) {
        mails.defer(mail.id(), error.toString(), clock.instant().plus(PASSES_IN));
        return true;
      }
      Instant again = clock.instant().plusSeconds(2L << (2 * mail.attempts()));
      mails.postpone(mail.id(), error.toString(), mail.attempts() >= ATTEMPTS ? null : again);
      return true;
    } catch (RuntimeException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** A full disk, a lock, a database under stress: nothing that the mail is to blame for. */
  private static boolean isPassing(RuntimeException error) {
    return error instanceof UncheckedIOException
        || error instanceof TransientDataAccessException
        || error instanceof DataAccessResourceFailureException;
  }

  private double oldestSeconds() {
    try {
      Instant oldest = mails.waiting().oldest();
      return oldest == null ? 0 : Duration.between(oldest, clock.instant()).toMillis() / 1000.0;
    } catch (RuntimeException e) {
      return Double.NaN;
    }
  }
}
