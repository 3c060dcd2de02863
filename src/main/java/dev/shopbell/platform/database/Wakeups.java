package dev.shopbell.platform.database;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Wakes those who wait for new rows, on this node at once and on the others by NOTIFY. A NOTIFY
 * inside a transaction would serialise commits, so it is sent after the commit, many in one, on a
 * connection of its own. A wake-up may be lost with a connection: whoever waits also looks by
 * itself now and then.
 */
@Component
public class Wakeups implements SmartLifecycle {
  private static final Logger log = LoggerFactory.getLogger(Wakeups.class);
  private static final String CHANNEL = "shopbell";
  private static final int LISTEN_MILLIS = 5_000;
  private static final int MOST_TO_TELL = 1_000;
  private static final int COALESCED_MILLIS = 5;

  private final JdbcConnectionDetails database;
  private final String node = UUID.randomUUID().toString().substring(0, 8);
  private final Map<String, CopyOnWriteArrayList<Waiter>> waiters = new ConcurrentHashMap<>();
  private final Map<String, Consumer<String>> hearers = new ConcurrentHashMap<>();
  private final BlockingQueue<String> toTell = new ArrayBlockingQueue<>(MOST_TO_TELL);
  private final Set<String> toSend = ConcurrentHashMap.newKeySet();
  private final Semaphore sending = new Semaphore(0);
  private volatile boolean running;

  Wakeups(JdbcConnectionDetails database) {
    this.database = database;
  }

  /** Waits for one topic. Not shared between threads. */
  public static final class Waiter {
    private static final long SHORTEST_NAP_MILLIS = 3;

    private final Semaphore signal = new Semaphore(0);
    private long nap = Long.MAX_VALUE / 2;

    /**
     * Returns when woken, or after {@code longest}. Wake-ups that came meanwhile count as one.
     * After a wake-up it soon returns again, then ever later: what it told of may be hidden behind
     * an older transaction, whose end wakes nobody.
     */
    public void await(Duration longest) throws InterruptedException {
      if (signal.tryAcquire(Math.min(nap, longest.toMillis()), TimeUnit.MILLISECONDS)) {
        signal.drainPermits();
        nap = SHORTEST_NAP_MILLIS;
      } else {
        nap = Math.min(2 * nap, Long.MAX_VALUE / 2);
      }
    }

    void wake() {
      if (signal.availablePermits() == 0) {
        signal.release();
      }
    }
  }

  public Waiter waiter(String topic) {
    Waiter waiter = new Waiter();
    waiters.computeIfAbsent(topic, any -> new CopyOnWriteArrayList<>()).add(waiter);
    return waiter;
  }

  /** Wakes the topic once this transaction has committed; at once where there is none. */
  public void afterCommit(String topic) {
    if (!TransactionSynchronizationManager.isSynchronizationActive()) {
      wake(topic);
      return;
    }
    Object key = CHANNEL + ":" + topic;
    if (TransactionSynchronizationManager.hasResource(key)) {
      return;
    }
    TransactionSynchronizationManager.bindResource(key, Boolean.TRUE);
    TransactionSynchronizationManager.registerSynchronization(
        new TransactionSynchronization() {
          @Override
          public void suspend() {
            TransactionSynchronizationManager.unbindResourceIfPossible(key);
          }

          @Override
          public void resume() {
            TransactionSynchronizationManager.bindResource(key, Boolean.TRUE);
          }

          @Override
          public void afterCompletion(int status) {
            TransactionSynchronizationManager.unbindResourceIfPossible(key);
            if (status == STATUS_COMMITTED) {
              wake(topic);
            }
          }
        });
  }

  /**
   * Tells the other nodes something that is worth nothing a moment later: it is lost while the
   * database is away.
   *
   * @param text at most some 7,000 bytes
   */
  public void tell(String topic, String text) {
    if (toTell.offer(topic + ":" + text)) {
      sending.release();
    }
  }

  /** Hears what other nodes tell of a topic; must not take long, since wake-ups wait behind it. */
  public void hear(String topic, Consumer<String> hearer) {
    hearers.put(topic, hearer);
  }

  private void wake(String topic) {
    wakeHere(topic);
    if (toSend.add(topic)) {
      sending.release();
    }
  }

  private void wakeHere(String topic) {
    for (Waiter waiter : waiters.getOrDefault(topic, new CopyOnWriteArrayList<>())) {
      waiter.wake();
    }
  }

  @Override
  public void start() {
    running = true;
    Thread.ofVirtual().name("wakeups in").start(() -> whileRunning(this::listen));
    Thread.ofVirtual().name("wakeups out").start(() -> whileRunning(this::send));
  }

  @Override
  public void stop() {
    running = false;
    sending.release();
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /** Before whoever waits, so that no early wake-up of another node is missed. */
  @Override
  public int getPhase() {
    return -100;
  }

  private interface Loop {
    void run(Connection connection) throws SQLException, InterruptedException;
  }

  private void whileRunning(Loop loop) {
    while (running) {
      try (Connection connection = connect()) {
        loop.run(connection);
      } catch (SQLException e) {
        if (running) {
          log.debug("The wake-up connection is gone: {}", e.getMessage());
          pause();
        }
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void listen(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("listen " + CHANNEL);
    }
    waiters.keySet().forEach(this::wakeHere);
    PGConnection postgres = connection.unwrap(PGConnection.class);
    while (running) {
      PGNotification[] notifications = postgres.getNotifications(LISTEN_MILLIS);
      for (PGNotification notification :
          notifications == null ? new PGNotification[0] : notifications) {
        String[] parts = notification.getParameter().split(":", 3);
        if (parts[0].equals(node)) {
          continue;
        }
        if (parts.length == 2) {
          wakeHere(parts[1]);
        } else if (parts.length == 3) {
          hearers.getOrDefault(parts[1], text -> {}).accept(parts[2]);
        }
      }
    }
  }

  private void send(Connection connection) throws SQLException, InterruptedException {
    try (PreparedStatement notify = connection.prepareStatement("select pg_notify(?, ?)")) {
      while (running) {
        sending.acquire();
        sending.drainPermits();
        for (String topic : Set.copyOf(toSend)) {
          toSend.remove(topic);
          notify.setString(1, CHANNEL);
          notify.setString(2, node + ":" + topic);
          notify.execute();
        }
        for (String told = toTell.poll(); told != null; told = toTell.poll()) {
          notify.setString(1, CHANNEL);
          notify.setString(2, node + ":" + told);
          notify.execute();
        }
        // What is woken for within this moment is one message to the others.
        TimeUnit.MILLISECONDS.sleep(COALESCED_MILLIS);
      }
    }
  }

  private Connection connect() throws SQLException {
    Properties properties = new Properties();
    if (database.getUsername() != null) {
      properties.setProperty("user", database.getUsername());
    }
    if (database.getPassword() != null) {
      properties.setProperty("password", database.getPassword());
    }
    properties.setProperty("ApplicationName", "shopbell wake-ups");
    properties.setProperty("tcpKeepAlive", "true");
    return DriverManager.getConnection(database.getJdbcUrl(), properties);
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(500);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
