package dev.shopbell.channels.email;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.eclipse.angus.mail.iap.ProtocolException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Reads one account for as long as this node holds it: connects, brings the folders up to date,
 * waits for news, and begins again when the connection breaks.
 */
final class ImapReader implements Runnable {
  private static final Logger log = LoggerFactory.getLogger(ImapReader.class);
  private static final Duration POLL = Duration.ofSeconds(10);
  private static final Duration TOLD_EVERY = Duration.ofSeconds(20);
  private static final Duration MAKE_ROOM = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(2);

  /** Wrong passwords are not tried often: servers lock accounts for that. */
  private static final int[] AFTER_REFUSAL_SECONDS = {5, 60, 300, 900, 1800};

  /** What every reader needs. */
  record Tools(MailAccounts accounts, AccessTokens tokens, ImapSync sync, InternalHosts hosts) {}

  private final long accountId;
  private final int revision;
  private final Tools tools;
  private final ImapSync.Caution caution = new ImapSync.Caution();
  private final Semaphore stopping = new Semaphore(0);
  private volatile boolean stopped;
  private volatile @Nullable ImapConnection current;
  private int failures;
  private int refusals;
  private long toldAt;
  private boolean toldImporting;

  ImapReader(long accountId, int revision, Tools tools) {
    this.accountId = accountId;
    this.revision = revision;
    this.tools = tools;
  }

  int revision() {
    return revision;
  }

  void stop() {
    stopped = true;
    stopping.release();
    ImapConnection connection = current;
    if (connection != null) {
      connection.close();
    }
  }

  @Override
  public void run() {
    while (!stopped) {
      MailAccount account = null;
      try {
        account = tools.accounts().find(accountId).orElse(null);
        if (account == null) {
          return;
        }
        read(account);
      } catch (DataAccessException | TransactionException e) {
        // The database is away, or somebody else reads this account too; both end by themselves.
        log.warn("Reading mail account {} is put off: {}", accountId, e.toString());
        failures = Math.min(failures + 1, 3);
      } catch (ImapFolders.Overtaken e) {
        log.info("Mail account {} was read by another node too", accountId);
        failures++;
      } catch (Exception e) {
        if (!stopped) {
          failed(account, e);
        }
      }
      pause(untilNextTry());
    }
  }

  private void read(MailAccount account) throws Exception {
    try (ImapConnection connection =
        ImapConnection.open(
            account.imap(),
            account.userName(),
            tools.tokens().proof(account),
            tools.hosts(),
            ImapConnection.PATIENCE_MILLIS)) {
      current = connection;
      refusals = 0;
      ImapSync.Visit visit = tools.sync().begin(account, connection, caution);
      toldAt = 0;
      while (!stopped) {
        round(visit);
        failures = 0;
      }
    } finally {
      current = null;
    }
  }

  private void round(ImapSync.Visit visit) throws IOException, ProtocolException {
    ImapSync.More more;
    try {
      tools.sync().takeNew(visit);
      more = tools.sync().takeEarlier(visit);
    } catch (IOException | ProtocolException e) {
      if (!stopped) {
        caution.begin();
      }
      throw e;
    }
    tell(more != ImapSync.More.none);
    switch (more) {
      case now -> {}
      case later -> pause(MAKE_ROOM);
      case none -> {
        if (visit.connection().hasNews()) {
          return;
        }
        if (visit.connection().offersIdle()) {
          visit.connection().idle();
        } else {
          pause(POLL);
          visit.connection().noop();
        }
      }
    }
  }

  private void tell(boolean importing) {
    long now = System.nanoTime();
    if (toldAt == 0 || toldImporting != importing || now - toldAt > TOLD_EVERY.toNanos()) {
      tools.accounts().reached(accountId, importing);
      toldAt = now;
      toldImporting = importing;
    }
  }

  private void failed(@Nullable MailAccount account, Exception e) {
    failures++;
    if (account == null) {
      log.error("Mail account {} cannot be read", accountId, e);
      return;
    }
    ConnectionTrouble trouble = ConnectionTrouble.of(e, account.imap());
    if (trouble.kind() == ConnectionTrouble.Kind.other && e instanceof RuntimeException) {
      log.error("Mail account {} cannot be read", accountId, e);
    } else {
      log.info("Mail account {}: {}", accountId, trouble.kind());
    }
    try {
      if (e instanceof ConnectionTrouble.LoginRefused) {
        tools.tokens().forget(account);
      }
      refusals = trouble.needsSomebody() ? refusals + 1 : 0;
      // A server now and then refuses what it takes a moment later.
      boolean surely =
          refusals > 1
              || trouble.kind() == ConnectionTrouble.Kind.access_withdrawn
              || trouble.kind() == ConnectionTrouble.Kind.internal_host;
      tools.accounts().failed(accountId, trouble.needsSomebody() && surely, trouble.words());
    } catch (DataAccessException | TransactionException later) {
      log.debug("Not noted: {}", later.toString());
    }
  }

  private Duration untilNextTry() {
    if (refusals > 0) {
      return jittered(
          Duration.ofSeconds(
              AFTER_REFUSAL_SECONDS[Math.min(refusals, AFTER_REFUSAL_SECONDS.length) - 1]));
    }
    Duration pause = Duration.ofMillis(500L << Math.min(failures, 10));
    return jittered(pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause);
  }

  /** A quarter more or less, so that many readers do not come back at once. */
  private static Duration jittered(Duration pause) {
    return pause.multipliedBy(ThreadLocalRandom.current().nextInt(75, 126)).dividedBy(100);
  }

  private void pause(Duration duration) {
    try {
      if (!stopped && stopping.tryAcquire(duration.toMillis(), TimeUnit.MILLISECONDS)) {
        stopping.release();
      }
    } catch (InterruptedException e) {
      stopped = true;
    }
  }
}
