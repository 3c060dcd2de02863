import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How long reading takes through the API in a shop with a long past. See README.md. */
final class Reads {
  private static final Pattern NEXT = Pattern.compile("\"next\":\"([^\"]+)\"");
  private static final Pattern TOKEN_MADE = Pattern.compile("\"(?:secret|token)\":\"([^\"]+)\"");
  private static final int[] CLIENTS = {1, 8};

  private final Running shopbell;
  private final List<String> tokens = new ArrayList<>();
  private final int samples;
  private final int seconds;

  /** What one client asks, again and again; it may take several requests. */
  private interface Question {
    void ask(Http http, Random random) throws IOException;
  }

  private record Scenario(String name, boolean gzip, Question question) {}

  private Reads(Running shopbell, int samples, int seconds) {
    this.shopbell = shopbell;
    this.samples = samples;
    this.seconds = seconds;
  }

  public static void main(String[] arguments) throws Exception {
    Options options = Options.of(arguments, "conversations", "samples", "seconds", "only", "pause");
    int conversations = options.number("conversations", 100_000);
    System.out.println("## Reads\n");
    try (Running shopbell = new Running(options)) {
      System.out.println(shopbell.machine() + "  ");
      shopbell.start();
      Past past = new Past(shopbell, conversations);
      past.fill();
      System.out.println(past.summary() + "\n");
      Reads reads =
          new Reads(shopbell, options.number("samples", 2_000), options.number("seconds", 10));
      reads.makeTokens();
      reads.measure(past, Pattern.compile(options.text("only", "")));
      int pause = options.number("pause", 0);
      if (pause > 0) {
        System.err.println(
            "Looked at from outside: HTTP port "
                + shopbell.httpPort
                + ", process "
                + shopbell.pid());
        TimeUnit.SECONDS.sleep(pause);
      }
    }
  }

  /** One token for each client: how often one may call is limited by token. */
  private void makeTokens() throws IOException {
    try (Http http = new Http(shopbell.httpPort, Running.TOKEN, false)) {
      for (int i = 0; i < CLIENTS[CLIENTS.length - 1]; i++) {
        Http.Answer answer =
            http.post("/api/v1/tokens", "{\"name\":\"bench\",\"scopes\":[\"conversations:read\"]}");
        Matcher secret = TOKEN_MADE.matcher(answer.text());
        if (answer.status() >= 300 || !secret.find()) {
          throw new IllegalStateException("No token: " + answer.status() + " " + answer.text());
        }
        tokens.add(secret.group(1));
      }
    }
  }

  /** Views as shops have them, shared with all who ask. Returns the id of the first. */
  private String makeViews() throws IOException {
    String first = "";
    try (Http http = new Http(shopbell.httpPort, Running.TOKEN, false)) {
      Matcher made =
          Pattern.compile("\"id\":(\\d+),[^{}]*\"name\":\"View 0\"")
              .matcher(http.get("/api/v1/views").text());
      if (made.find()) {
        return made.group(1);
      }
      for (int i = 0; i < 8; i++) {
        String conditions =
            "[{\"field\":\"status\",\"operator\":\"is\",\"values\":[\"open\",\"waiting\"]},"
                + "{\"field\":\"tag\",\"operator\":\"is\",\"values\":[\""
                + (i + 1)
                + "\",\""
                + (i + 2)
                + "\"]},"
                + "{\"field\":\"activity\",\"operator\":\"within\",\"values\":[\"P"
                + 10 * (i + 1)
                + "D\"]}]";
        Http.Answer answer =
            http.post(
                "/api/v1/views",
                "{\"name\":\"View "
                    + i
                    + "\",\"shared\":true,\"sort\":\"waiting\",\"conditions\":"
                    + conditions
                    + "}");
        Matcher id = Pattern.compile("\"id\":(\\d+)").matcher(answer.text());
        if (answer.status() >= 300 || !id.find()) {
          throw new IllegalStateException("No view: " + answer.status() + " " + answer.text());
        }
        first = first.isEmpty() ? id.group(1) : first;
      }
    }
    return first;
  }

  private void measure(Past past, Pattern only) throws Exception {
    String all = "/api/v1/conversations?view=all&limit=50";
    String open = "/api/v1/conversations?view=open&limit=50";
    String view = makeViews();
    String page2;
    try (Http http = new Http(shopbell.httpPort, tokens.getFirst(), false)) {
      Matcher next = NEXT.matcher(get(http, all));
      if (!next.find()) {
        throw new IllegalStateException("There is no second page.");
      }
      page2 = all + "&cursor=" + next.group(1);
    }
    List<Scenario> scenarios =
        List.of(
            plain("list of 50, all", all),
            plain("list of 50, open", open),
            plain("list of 50, all, page 2", page2),
            new Scenario("list of 50, all, gzip", true, (http, random) -> get(http, all)),
            new Scenario(
                "conversation: detail",
                false,
                (http, random) -> get(http, "/api/v1/conversations/" + past.anyId(random))),
            new Scenario(
                "conversation: messages",
                false,
                (http, random) ->
                    get(http, "/api/v1/conversations/" + past.anyId(random) + "/messages")),
            new Scenario(
                "conversation: detail, then messages",
                false,
                (http, random) -> {
                  String path = "/api/v1/conversations/" + past.anyId(random);
                  get(http, path);
                  get(http, path + "/messages");
                }),
            new Scenario(
                "conversation: events",
                false,
                (http, random) ->
                    get(http, "/api/v1/conversations/" + past.anyId(random) + "/events")),
            plain("counters, 8 saved views", "/api/v1/conversations/counters"),
            plain(
                "saved view: three conditions, longest waiting",
                "/api/v1/conversations?limit=50&view=" + view),
            plain("list of 50, all, from 90,000", all + "&offset=90000"),
            plain("how many, all", "/api/v1/conversations/total?view=all"),
            new Scenario(
                "customer panel",
                false,
                (http, random) -> get(http, "/api/v1/customers/" + past.anyCustomer(random))),
            search("a common word (30 %)", Past.COMMON + "+"),
            search("a middling word (0.5 %)", Past.MIDDLING + "+"),
            search("a rare word (3 messages)", Past.RARE + "+"),
            search("an absent word", Past.ABSENT + "+"),
            search("two words, common and middling", Past.COMMON + "+" + Past.MIDDLING + "+"),
            search("two words, common and rare", Past.COMMON + "+" + Past.RARE + "+"),
            search("a prefix of 4 letters", Past.MIDDLING.substring(0, 4)),
            search("a prefix of 2 letters", "pa"));
    System.out.println(
        "| ms | p50, 1 client | p95 | p50, 8 clients | p95 | answers a second | processor for one"
            + " |");
    System.out.println("|---|--:|--:|--:|--:|--:|---|");
    List<Scenario> chosen =
        scenarios.stream().filter(scenario -> only.matcher(scenario.name()).find()).toList();
    // What is compiled for one question serves the others too: all of them come before the first.
    for (Scenario scenario : chosen) {
      ask(scenario, CLIENTS[1], samples, Math.min(5, seconds), new Samples());
    }
    for (Scenario scenario : chosen) {
      ask(scenario, CLIENTS[1], 500, Math.min(2, seconds), new Samples());
      StringBuilder row = new StringBuilder("| " + scenario.name() + " |");
      long rate = 0;
      String cpu = "";
      for (int clients : CLIENTS) {
        Samples measured = new Samples();
        Running.Cpu used = shopbell.cpu();
        long begun = System.nanoTime();
        ask(scenario, clients, samples, seconds, measured);
        cpu = shopbell.cpu().since(used).each(Math.max(1, measured.size()));
        rate = measured.size() * 1_000_000_000L / (System.nanoTime() - begun);
        row.append(" " + measured.percentile(50) + " | " + measured.percentile(95) + " |");
      }
      System.out.println(row + " " + rate + " | " + cpu + " |");
    }
  }

  private static Scenario plain(String name, String path) {
    return new Scenario(name, false, (http, random) -> get(http, path));
  }

  /** A word is whole where a space follows it; the last one finds what begins with it. */
  private static Scenario search(String name, String query) {
    return plain("search: " + name, "/api/v1/conversations?limit=50&q=" + query);
  }

  private static String get(Http http, String path) throws IOException {
    Http.Answer answer = http.get(path);
    if (answer.status() != 200) {
      throw new IOException(path + " answers " + answer.status() + ": " + answer.text());
    }
    return answer.gzip() ? "" : answer.text();
  }

  /**
   * Each client asks again as soon as it is answered, until there are enough samples or no time.
   */
  private void ask(Scenario scenario, int clients, int most, int seconds, Samples measured)
      throws Exception {
    AtomicInteger left = new AtomicInteger(most);
    long end = System.nanoTime() + seconds * 1_000_000_000L;
    List<Callable<Void>> jobs = new ArrayList<>();
    for (int i = 0; i < clients; i++) {
      int client = i;
      jobs.add(() -> {
        Random random = new Random(7L * clients + client);
        try (Http http = new Http(shopbell.httpPort, tokens.get(client), scenario.gzip())) {
          scenario.question().ask(http, random);
          while (left.getAndDecrement() > 0 && System.nanoTime() < end) {
            long asked = System.nanoTime();
            scenario.question().ask(http, random);
            measured.add(System.nanoTime() - asked);
          }
        }
        return null;
      });
    }
    try (ExecutorService threads = Executors.newFixedThreadPool(clients)) {
      for (Future<Void> job : jobs.stream().map(threads::submit).toList()) {
        job.get(2, TimeUnit.MINUTES);
      }
    }
  }
}
