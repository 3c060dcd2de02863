import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The floor that intake is measured against: nothing received, nothing parsed, nothing looked up;
 * just the same rows, written by JDBC batches into the same tables of the same server, in the same
 * shape of transactions. One for each mail to store it (by as many threads as there are senders),
 * one for up to 50 to take them in (two threads), one for up to 500 to make them searchable (one).
 */
final class Reference {
  private static final int BATCH = 50;
  private static final int WORKERS = 2;
  private static final int SEARCH_BATCH = 500;
  private static final String DATABASE = "reference";

  private final Running shopbell;
  private final int senders;
  private final AtomicLong ids = new AtomicLong();
  private final Map<String, Long> customers = new ConcurrentHashMap<>();
  private final Map<String, Long> conversations = new ConcurrentHashMap<>();

  private record Stored(long id, int sender, String run, Mails.Mail mail) {}

  private record Searchable(long message, long conversation, String words) {}

  Reference(Running shopbell, int senders) {
    this.shopbell = shopbell;
    this.senders = senders;
  }

  Intake.Rates measure(int warmup, int mails) throws Exception {
    try (Connection admin = shopbell.connect("postgres", "postgres");
        Statement statement = admin.createStatement()) {
      statement.execute("create database " + DATABASE + " owner shopbell");
    }
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      for (String script : shopbell.migrations()) {
        statement.execute(script);
      }
      statement.execute("insert into brand (name, created_at) values ('Reference', now())");
    }
    run("rw", warmup);
    return run("ra", mails);
  }

  private Connection connect() throws Exception {
    return shopbell.connect("shopbell", DATABASE);
  }

  private Intake.Rates run(String run, int count) throws Exception {
    List<List<Mails.Mail>> mails = new ArrayList<>();
    for (int sender = 0; sender < senders; sender++) {
      Mails own = new Mails(run, sender);
      List<Mails.Mail> list = new ArrayList<>();
      for (int i = sender; i < count; i += senders) {
        list.add(own.next());
      }
      mails.add(list);
    }
    List<BlockingQueue<Stored>> stored = new ArrayList<>();
    for (int worker = 0; worker < WORKERS; worker++) {
      stored.add(new LinkedBlockingQueue<>());
    }
    BlockingQueue<Searchable> taken = new LinkedBlockingQueue<>();
    AtomicInteger storing = new AtomicInteger(senders);
    AtomicInteger taking = new AtomicInteger(WORKERS);
    List<Callable<Long>> store = new ArrayList<>();
    List<Callable<Long>> take = new ArrayList<>();
    for (int sender = 0; sender < senders; sender++) {
      int number = sender;
      store.add(() -> store(run, number, mails.get(number), stored.get(number % WORKERS), storing));
    }
    for (int worker = 0; worker < WORKERS; worker++) {
      BlockingQueue<Stored> own = stored.get(worker);
      take.add(() -> take(own, taken, storing, taking));
    }
    try (ExecutorService threads = Executors.newCachedThreadPool()) {
      Running.Cpu used = shopbell.cpu();
      long begun = System.nanoTime();
      Future<Long> search = threads.submit(() -> search(taken, taking));
      List<Future<Long>> takers = take.stream().map(threads::submit).toList();
      List<Future<Long>> storers = store.stream().map(threads::submit).toList();
      long acknowledged = last(storers);
      long visible = last(takers);
      long searchable = last(List.of(search));
      String cpu = shopbell.cpu().since(used).each(count);
      return Intake.Rates.of(count, begun, acknowledged, visible, searchable, cpu);
    }
  }

  private static long last(List<Future<Long>> jobs) throws Exception {
    long last = Long.MIN_VALUE;
    for (Future<Long> job : jobs) {
      last = Math.max(last, job.get(10, TimeUnit.MINUTES));
    }
    return last;
  }

  private long store(
      String run,
      int sender,
      List<Mails.Mail> mails,
      BlockingQueue<Stored> stored,
      AtomicInteger storing)
      throws Exception {
    try (Connection connection = connect();
        PreparedStatement insert =
            connection.prepareStatement(
                """
                insert into stored_mail (id, brand_id, received_at, due_at, envelope_from, recipients, peer, size, raw)
                overriding system value values (?, 1, now(), now(), ?, array['care@shop.example'], '127.0.0.1', ?, ?)
                """)) {
      for (Mails.Mail mail : mails) {
        long id = ids.incrementAndGet();
        insert.setLong(1, id);
        insert.setString(2, mail.address());
        insert.setLong(3, mail.raw().length);
        insert.setBytes(4, mail.raw());
        insert.executeUpdate();
        stored.add(new Stored(id, sender, run, mail));
      }
      return System.nanoTime();
    } finally {
      storing.decrementAndGet();
    }
  }

  private long take(
      BlockingQueue<Stored> stored,
      BlockingQueue<Searchable> taken,
      AtomicInteger storing,
      AtomicInteger taking)
      throws Exception {
    try (Connection connection = connect();
        Rows rows = new Rows(connection)) {
      connection.setAutoCommit(false);
      while (true) {
        boolean last = storing.get() == 0;
        Stored first = stored.poll(2, TimeUnit.MILLISECONDS);
        if (first != null) {
          List<Stored> batch = new ArrayList<>(List.of(first));
          stored.drainTo(batch, BATCH - 1);
          taken.addAll(rows.write(batch));
        } else if (last) {
          return System.nanoTime();
        }
      }
    } finally {
      taking.decrementAndGet();
    }
  }

  private long search(BlockingQueue<Searchable> taken, AtomicInteger taking) throws Exception {
    try (Connection connection = connect();
        PreparedStatement insert =
            connection.prepareStatement(
                """
                insert into message_search (message_id, conversation_id, document)
                values (?, ?, to_tsvector('simple', ?))
                """)) {
      connection.setAutoCommit(false);
      while (true) {
        boolean last = taking.get() == 0;
        Searchable first = taken.poll(2, TimeUnit.MILLISECONDS);
        if (first != null) {
          List<Searchable> batch = new ArrayList<>(List.of(first));
          taken.drainTo(batch, SEARCH_BATCH - 1);
          for (Searchable one : batch) {
            insert.setLong(1, one.message());
            insert.setLong(2, one.conversation());
            insert.setString(3, one.words());
            insert.addBatch();
          }
          insert.executeBatch();
          connection.commit();
        } else if (last) {
          return System.nanoTime();
        }
      }
    }
  }

  /** The statements of one worker. */
  private final class Rows implements AutoCloseable {
    private final Connection connection;
    private final List<PreparedStatement> all = new ArrayList<>();
    private final PreparedStatement customer;
    private final PreparedStatement identity;
    private final PreparedStatement conversation;
    private final PreparedStatement continued;
    private final PreparedStatement message;
    private final PreparedStatement fact;
    private final PreparedStatement settled;

    Rows(Connection connection) throws SQLException {
      this.connection = connection;
      customer =
          prepare(
              """
              insert into customer (id, brand_id, name, address, created_at) overriding system value
              values (?, 1, ?, ?, now())
              """);
      identity =
          prepare(
              """
              insert into identity (brand_id, customer_id, kind, value, created_at)
              values (1, ?, 'email', ?, now())
              """);
      conversation =
          prepare(
              """
              insert into conversation (id, brand_id, customer_id, subject, status, preview, last_message_at,
                last_direction, channel, message_count, waiting_since, created_at) overriding system value
              values (?, 1, ?, ?, 'open', ?, now(), 'inbound', 'email', 1, now(), now())
              """);
      continued =
          prepare(
              """
              update conversation set status = 'open', preview = ?, last_message_at = now(), last_direction = 'inbound',
                message_count = message_count + 1, waiting_since = coalesce(waiting_since, now())
              where id = ?
              """);
      message =
          prepare(
              """
              insert into message (id, conversation_id, brand_id, direction, channel, kind, from_name, from_address,
                recipients, own_address, subject, text, own_text, html, has_original, external_id, in_reply_to,
                content_hash, created_at) overriding system value
              values (?, ?, 1, 'inbound', 'email', 'message', ?, ?,
                '[{"kind": "to", "name": "Care", "address": "care@shop.example"}]', 'care@shop.example', ?, ?, ?, ?,
                true, ?, ?, 'fd2b28f6b35a38ae2e0b7ac4ce6ce4ff4ad4b0bd5fdcb03a1d6a25ea5ee3c50c', now())
              """);
      fact =
          prepare(
              """
              insert into fact (name, at, actor_kind, actor_id, data) values (?, now(), 'customer', ?, ?::jsonb)
              """);
      settled = prepare("update stored_mail set state = 'taken', message_id = ? where id = ?");
    }

    private PreparedStatement prepare(String sql) throws SQLException {
      PreparedStatement statement = connection.prepareStatement(sql);
      all.add(statement);
      return statement;
    }

    List<Searchable> write(List<Stored> batch) throws SQLException {
      List<Searchable> written = new ArrayList<>();
      // In one order, so that the two workers cannot wait for each other.
      List<Stored> replies = new ArrayList<>();
      for (Stored one : batch) {
        Mails.Mail mail = one.mail();
        String sender = one.run() + "." + one.sender() + ".";
        long customerId =
            customers.computeIfAbsent(sender + mail.customer(), any -> ids.incrementAndGet());
        boolean starts = mail.thread() == mail.number();
        long conversationId =
            conversations.computeIfAbsent(sender + mail.thread(), any -> ids.incrementAndGet());
        if (mail.newCustomer()) {
          set(customer, customerId, mail.name(), mail.address());
          set(identity, customerId, mail.address());
        }
        String preview = mail.ownText().replaceAll("\\s+", " ").substring(0, 180);
        if (starts) {
          set(conversation, conversationId, customerId, mail.subject(), preview);
        } else {
          replies.add(one);
        }
        long messageId = one.id();
        set(
            message,
            messageId,
            conversationId,
            mail.name(),
            mail.address(),
            mail.subject(),
            mail.text(),
            starts ? null : mail.ownText(),
            mail.html(),
            mail.id(),
            mail.inReplyTo());
        String data =
            "{\"brandId\": 1, \"conversationId\": "
                + conversationId
                + ", \"customerId\": "
                + customerId;
        if (starts) {
          set(fact, "ConversationStarted", customerId, data + "}");
        }
        set(
            fact,
            "MessageReceived",
            customerId,
            data
                + ", \"messageId\": "
                + messageId
                + ", \"channel\": \"email\", \"kind\": \"message\"}");
        set(settled, messageId, one.id());
        written.add(
            new Searchable(
                messageId,
                conversationId,
                mail.subject() + "\n" + mail.name() + "\n" + mail.address() + "\n" + mail.text()));
      }
      replies.sort(Comparator.comparing(one -> conversationOf(one)));
      for (Stored one : replies) {
        String preview = one.mail().ownText().replaceAll("\\s+", " ").substring(0, 180);
        set(continued, preview, conversationOf(one));
      }
      for (PreparedStatement statement : all) {
        statement.executeBatch();
      }
      connection.commit();
      return written;
    }

    private long conversationOf(Stored one) {
      return conversations.get(one.run() + "." + one.sender() + "." + one.mail().thread());
    }

    private static void set(PreparedStatement statement, Object... values) throws SQLException {
      for (int i = 0; i < values.length; i++) {
        if (values[i] instanceof Long number) {
          statement.setLong(i + 1, number);
        } else {
          statement.setString(i + 1, (String) values[i]);
        }
      }
      statement.addBatch();
    }

    @Override
    public void close() throws SQLException {
      for (PreparedStatement statement : all) {
        statement.close();
      }
    }
  }
}
