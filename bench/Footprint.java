import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How soon Shopbell is there, and how much room it takes. See README.md. */
final class Footprint {
  private static final Pattern FIRST_LOAD =
      Pattern.compile("<(?:script|link)\\b[^>]*?\\b(?:src|href)=\"(/[^\"]+)\"[^>]*>");
  private static final Pattern NOT_LOADED =
      Pattern.compile("rel=\"(?:icon|apple-touch-icon|manifest)\"");
  private static final int WRITERS = 4;
  private static final int READERS = 8;

  private final Running shopbell;
  private long mostJvm;
  private long mostPostgres;

  private Footprint(Running shopbell) {
    this.shopbell = shopbell;
  }

  public static void main(String[] arguments) throws Exception {
    Options options = Options.of(arguments, "rest", "load");
    int rest = options.number("rest", 20);
    int load = options.number("load", 30);
    System.out.println("## Footprint\n");
    try (Running shopbell = new Running(options)) {
      System.out.println(shopbell.machine() + "\n");
      Duration first = shopbell.start();
      shopbell.stop();
      Duration second = shopbell.start();
      Footprint footprint = new Footprint(shopbell);
      TimeUnit.SECONDS.sleep(rest);
      long idleJvm = footprint.jvm();
      long idlePostgres = footprint.postgres();
      List<String> desk = footprint.desk();
      footprint.load(load);
      System.out.println("| | |");
      System.out.println("|---|--:|");
      System.out.printf(Locale.ROOT, "| first start ever | %.2f s |%n", first.toMillis() / 1e3);
      System.out.printf(Locale.ROOT, "| second start | %.2f s |%n", second.toMillis() / 1e3);
      row("memory idle, program", idleJvm);
      row("memory idle, PostgreSQL", idlePostgres);
      row("memory under load, program", footprint.mostJvm);
      row("memory under load, PostgreSQL", footprint.mostPostgres);
      desk.forEach(System.out::println);
    }
  }

  private static void row(String name, long kilobytes) {
    System.out.printf("| %s | %s |%n", name, kilobytes < 0 ? "–" : kilobytes / 1024 + " MB");
  }

  /** Resident, in kilobytes. */
  private long jvm() throws IOException {
    return field(Path.of("/proc", Long.toString(shopbell.pid()), "status"), "VmRSS:");
  }

  /**
   * Each page that several of its processes share is counted once. -1 where that cannot be read.
   */
  private long postgres() {
    long sum = 0;
    for (long server : shopbell.servers()) {
      try {
        sum += field(Path.of("/proc", Long.toString(server), "smaps_rollup"), "Pss:");
      } catch (IOException e) {
        if (ProcessHandle.of(server).isPresent()) {
          return -1;
        }
      }
    }
    return sum;
  }

  private static long field(Path file, String name) throws IOException {
    return Files.readAllLines(file).stream()
        .filter(line -> line.startsWith(name))
        .map(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElse(0L);
  }

  /** What a browser that comes for the first time fetches before the desk is there. */
  private List<String> desk() throws IOException {
    try (Http plain = new Http(shopbell.httpPort, null, false);
        Http http = new Http(shopbell.httpPort, null, true)) {
      Http.Answer page = http.get("/");
      if (page.status() != 200) {
        return List.of("| first load of the desk | there is no desk in this program |");
      }
      Set<String> paths = new LinkedHashSet<>();
      Matcher tag = FIRST_LOAD.matcher(plain.get("/").text());
      while (tag.find()) {
        if (!NOT_LOADED.matcher(tag.group()).find()) {
          paths.add(tag.group(1));
        }
      }
      int wire = page.body().length;
      int whole = plain.get("/").body().length;
      for (String path : paths) {
        wire += http.get(path).body().length;
        whole += plain.get(path).body().length;
      }
      return List.of(
          "| first load of the desk, gzipped | "
              + wire / 1_000
              + " kB in "
              + (paths.size() + 1)
              + " files |",
          "| the same unpacked | " + whole / 1_000 + " kB |");
    }
  }

  /** Mails come in as fast as they are taken, and agents read lists, conversations and searches. */
  private void load(int seconds) throws Exception {
    long end = System.nanoTime() + seconds * 1_000_000_000L;
    List<Callable<Void>> jobs = new ArrayList<>();
    for (int i = 0; i < WRITERS; i++) {
      int writer = i;
      jobs.add(() -> {
        Mails mails = new Mails("f", writer);
        try (Smtp smtp = new Smtp(shopbell.smtpPort)) {
          while (System.nanoTime() < end) {
            Mails.Mail mail = mails.next();
            smtp.send(mail.address(), "care@shop.example", mail.raw());
          }
        }
        return null;
      });
    }
    for (int i = 0; i < READERS; i++) {
      Random random = new Random(i);
      jobs.add(() -> {
        try (Http http = new Http(shopbell.httpPort, Running.TOKEN, false)) {
          while (System.nanoTime() < end) {
            http.get("/api/v1/conversations?view=all");
            long id = 1 + random.nextInt(200);
            http.get("/api/v1/conversations/" + id);
            http.get("/api/v1/conversations/" + id + "/messages");
            http.get("/api/v1/conversations?q=refund+parcel");
            Thread.sleep(20);
          }
        }
        return null;
      });
    }
    jobs.add(() -> {
      while (System.nanoTime() < end) {
        mostJvm = Math.max(mostJvm, jvm());
        mostPostgres = Math.max(mostPostgres, postgres());
        Thread.sleep(500);
      }
      return null;
    });
    try (ExecutorService threads = Executors.newFixedThreadPool(jobs.size())) {
      for (Future<Void> job : jobs.stream().map(threads::submit).toList()) {
        job.get(seconds + 60L, TimeUnit.SECONDS);
      }
    }
  }
}
