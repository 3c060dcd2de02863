import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How fast mail comes in: as fast as it is acknowledged, beside the same rows by plain JDBC; and at
 * a steady pace, how long after its acknowledgement a mail is seen. See README.md.
 */
final class Intake {
  private static final String TO = "care@shop.example";
  private static final int PACED_CONNECTIONS = 32;
  private static final Duration LONGEST = Duration.ofMinutes(10);

  private final Running shopbell;
  private final int senders;

  /** Of the SMTP receivers of all nodes. */
  private final int[] ports;

  private Intake(Running shopbell, int senders, int[] ports) {
    this.shopbell = shopbell;
    this.senders = senders;
    this.ports = ports;
  }

  /** In mails a second. */
  record Rates(double acknowledged, double visible, double searchable, String cpu) {
    static Rates of(
        int mails, long begun, long acknowledged, long visible, long searchable, String cpu) {
      return new Rates(
          mails * 1e9 / (acknowledged - begun),
          mails * 1e9 / (visible - begun),
          mails * 1e9 / (searchable - begun),
          cpu);
    }
  }

  public static void main(String[] arguments) throws Exception {
    Options options =
        Options.of(
            arguments,
            "mails",
            "warmup",
            "senders",
            "rate",
            "seconds",
            "reference",
            "past",
            "nodes");
    int past = options.number("past", 0);
    int nodes = options.number("nodes", 1);
    System.out.println("## Intake\n");
    if (!options.text("data", "").isEmpty()) {
      // A data folder that is kept holds one past.
      measure(options, past, nodes);
      return;
    }
    Rates plain = measure(options, 0, 1);
    if (nodes > 1) {
      compare("With two nodes", measure(options, 0, nodes), plain);
    }
    if (past > 0) {
      compare("With that past", measure(options, past, 1), plain);
    }
  }

  private static void compare(String what, Rates rates, Rates plain) {
    System.out.printf(
        Locale.ROOT,
        "%n%s, of the rate without: acknowledged %.2f, visible %.2f, searchable %.2f.%n%n",
        what,
        rates.acknowledged() / plain.acknowledged(),
        rates.visible() / plain.visible(),
        rates.searchable() / plain.searchable());
  }

  /** One program, in a shop with so many conversations. */
  private static Rates measure(Options options, int conversations, int nodes) throws Exception {
    int mails = options.number("mails", 10_000);
    int warmup = options.number("warmup", 30_000);
    int senders = options.number("senders", 8);
    int rate = options.number("rate", 400);
    int seconds = options.number("seconds", 20);
    try (Running shopbell = new Running(options)) {
      System.out.println(shopbell.machine() + "  ");
      System.out.printf(
          "%d senders, %,d mails of about 5 kB after %,d to warm up  %n", senders, mails, warmup);
      shopbell.start();
      if (conversations > 0) {
        Past past = new Past(shopbell, conversations);
        past.fill();
        System.out.println(past.summary() + "  ");
      }
      int[] ports = {shopbell.smtpPort};
      if (nodes > 1) {
        ports = new int[] {shopbell.smtpPort, shopbell.startSecond()};
        System.out.println("Two nodes, each mail to one of them in turn.  ");
      }
      System.out.println();
      Intake intake = new Intake(shopbell, senders, ports);
      intake.flood("w", warmup);
      Rates ours = intake.flood("a", mails);
      if (seconds > 0) {
        intake.paced("v", rate, Math.min(5, seconds), null);
      }
      Paced paced = new Paced();
      if (seconds > 0) {
        intake.paced("p", rate, seconds, paced);
      }
      Rates reference =
          options.text("reference", "yes").equals("yes") && conversations == 0 && nodes == 1
              ? new Reference(shopbell, senders).measure(warmup, mails)
              : new Rates(Double.NaN, Double.NaN, Double.NaN, "");
      System.out.println("| mails a second | Shopbell | plain JDBC | ratio |");
      System.out.println("|---|--:|--:|--:|");
      row("acknowledged", ours.acknowledged(), reference.acknowledged());
      row("visible", ours.visible(), reference.visible());
      row("searchable", ours.searchable(), reference.searchable());
      System.out.println("\nProcessor time for one mail: " + ours.cpu() + ".");
      if (!reference.cpu().isEmpty()) {
        System.out.println("For one of the reference: " + reference.cpu() + ".");
      }
      if (seconds > 0) {
        System.out.printf("%n| at %d mails a second, ms | p50 | p95 | p99 |%n", rate);
        System.out.println("|---|--:|--:|--:|");
        paced.acknowledged.row("due → acknowledged");
        paced.visible.row("acknowledged → visible");
        paced.whole.row("due → visible");
        System.out.printf(
            "%n%,d of %,d mails seen on the live connection.%n",
            paced.visible.samples.size(), rate * seconds);
      }
      return ours;
    }
  }

  private static void row(String name, double ours, double reference) {
    System.out.printf(
        Locale.ROOT, "| %s | %,.0f | %,.0f | %.2f |%n", name, ours, reference, ours / reference);
  }

  /** Every sender sends the next mail as soon as the last one is acknowledged. */
  private Rates flood(String run, int count) throws Exception {
    List<List<Mails.Mail>> mails = mails(run, senders, count);
    int exact = mails.stream().mapToInt(List::size).sum();
    try (Connection connection = shopbell.connect()) {
      long last = after(connection, "coalesce(max(id), 0)", "message where id > ", 0);
      List<Callable<Void>> jobs = new ArrayList<>();
      for (int i = 0; i < mails.size(); i++) {
        List<Mails.Mail> own = mails.get(i);
        int port = ports[i % ports.length];
        jobs.add(() -> {
          try (Smtp smtp = new Smtp(port)) {
            for (Mails.Mail mail : own) {
              smtp.send(mail.address(), TO, mail.raw());
            }
          }
          return null;
        });
      }
      Running.Cpu used = shopbell.cpu();
      long begun = System.nanoTime();
      all(jobs);
      long acknowledged = System.nanoTime();
      long visible = until(connection, "message", "id", last, exact);
      long searchable = until(connection, "message_search", "message_id", last, exact);
      String cpu = shopbell.cpu().since(used).each(exact);
      return Rates.of(exact, begun, acknowledged, visible, searchable, cpu);
    }
  }

  private static List<List<Mails.Mail>> mails(String run, int senders, int count) {
    List<List<Mails.Mail>> all = new ArrayList<>();
    for (int sender = 0; sender < senders; sender++) {
      Mails mails = new Mails(run, sender);
      List<Mails.Mail> own = new ArrayList<>();
      for (int i = sender; i < count; i += senders) {
        own.add(mails.next());
      }
      all.add(own);
    }
    return all;
  }

  private static void all(List<Callable<Void>> jobs) throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(jobs.size())) {
      List<Future<Void>> running = jobs.stream().map(threads::submit).toList();
      for (Future<Void> one : running) {
        one.get(LONGEST.toSeconds(), TimeUnit.SECONDS);
      }
    }
  }

  /** Asked of the rows after one: a long past is not counted each time. */
  private static long after(Connection connection, String what, String where, long last)
      throws Exception {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select " + what + " from " + where + last)) {
      row.next();
      return row.getLong(1);
    }
  }

  private static long until(Connection connection, String table, String id, long last, long rows)
      throws Exception {
    long begun = System.nanoTime();
    while (after(connection, "count(*)", table + " where " + id + " > ", last) < rows) {
      if (System.nanoTime() - begun > LONGEST.toNanos()) {
        throw new IllegalStateException("Not all mails came into " + table + ".");
      }
      Thread.sleep(10);
    }
    return System.nanoTime();
  }

  private static final class Distribution {
    final Samples samples = new Samples();

    void row(String name) {
      System.out.printf(
          "| %s | %s | %s | %s |%n",
          name, samples.percentile(50), samples.percentile(95), samples.percentile(99));
    }
  }

  private static final class Paced {
    final Distribution acknowledged = new Distribution();
    final Distribution visible = new Distribution();
    final Distribution whole = new Distribution();
  }

  /**
   * A mail every so often, however long the ones before take. Visible is when the live connection,
   * which tells the desk what to show, brings the fact MessageReceived of the mail to this program.
   */
  private void paced(String run, int rate, int seconds, Paced result) throws Exception {
    Map<Long, Long> seen = new ConcurrentHashMap<>();
    Map<String, Long> acknowledged = new ConcurrentHashMap<>();
    Map<String, Long> dueAt = new ConcurrentHashMap<>();
    List<List<Mails.Mail>> mails = mails(run, PACED_CONNECTIONS, rate * seconds);
    try (HttpClient client = HttpClient.newHttpClient();
        Connection connection = shopbell.connect()) {
      long last = after(connection, "coalesce(max(id), 0)", "message where id > ", 0);
      WebSocket live =
          client
              .newWebSocketBuilder()
              .header("Authorization", "Bearer " + Running.TOKEN)
              .buildAsync(
                  java.net.URI.create("ws://127.0.0.1:" + shopbell.httpPort + "/api/v1/live"),
                  new Live(seen))
              .get(10, TimeUnit.SECONDS);
      long begun = System.nanoTime() + 200_000_000L;
      List<Callable<Void>> jobs = new ArrayList<>();
      for (int sender = 0; sender < PACED_CONNECTIONS; sender++) {
        List<Mails.Mail> own = mails.get(sender);
        int first = sender;
        jobs.add(() -> {
          try (Smtp smtp = new Smtp(ports[first % ports.length])) {
            for (int i = 0; i < own.size(); i++) {
              long number = first + (long) i * PACED_CONNECTIONS;
              long due = begun + number * 1_000_000_000L / rate;
              for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
                LockSupport.parkNanos(wait);
              }
              Mails.Mail mail = own.get(i);
              smtp.send(mail.address(), TO, mail.raw());
              acknowledged.put(mail.id(), System.nanoTime());
              dueAt.put(mail.id(), due);
            }
          }
          return null;
        });
      }
      all(jobs);
      long end = System.nanoTime() + 10_000_000_000L;
      while (seen.size() < acknowledged.size() && System.nanoTime() < end) {
        Thread.sleep(20);
      }
      live.sendClose(WebSocket.NORMAL_CLOSURE, "");
      long taken = after(connection, "count(*)", "message where id > ", last);
      until(connection, "message_search", "message_id", last, taken);
      if (result != null) {
        evaluate(connection, run, seen, acknowledged, dueAt, result);
      }
    }
  }

  private static void evaluate(
      Connection connection,
      String run,
      Map<Long, Long> seen,
      Map<String, Long> acknowledged,
      Map<String, Long> dueAt,
      Paced result)
      throws Exception {
    try (PreparedStatement select =
        connection.prepareStatement(
            "select id, external_id from message where external_id like ?")) {
      select.setString(1, run + ".%");
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          Long visible = seen.get(row.getLong(1));
          Long received = acknowledged.get(row.getString(2));
          if (received != null) {
            long due = dueAt.get(row.getString(2));
            result.acknowledged.samples.add(received - due);
            if (visible != null) {
              result.visible.samples.add(visible - received);
              result.whole.samples.add(visible - due);
            }
          }
        }
      }
    }
  }

  /** Notes when the live connection tells of a message. */
  private static final class Live implements WebSocket.Listener {
    private static final Pattern MESSAGE = Pattern.compile("\"messageId\":(\\d+)");
    private final Map<Long, Long> seen;
    private final StringBuilder frame = new StringBuilder();

    Live(Map<Long, Long> seen) {
      this.seen = seen;
    }

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      frame.append(data);
      if (last) {
        if (frame.indexOf("\"MessageReceived\"") >= 0) {
          Matcher message = MESSAGE.matcher(frame);
          if (message.find()) {
            seen.put(Long.parseLong(message.group(1)), System.nanoTime());
          }
        }
        frame.setLength(0);
      }
      socket.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
      if (status != WebSocket.NORMAL_CLOSURE) {
        System.err.println("The live connection was closed: " + status + " " + reason);
      }
      return null;
    }
  }
}
