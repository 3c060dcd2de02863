import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The packaged Shopbell, started for a measurement: with a fresh data folder below the temporary
 * folder, on free ports of the loopback address, without a relay and without the demo shop. Closed,
 * it is stopped and everything it wrote is gone, also when the measurement fails; but for the data
 * folder that {@code --data} names.
 */
final class Running implements AutoCloseable {
  static final String TOKEN = "bench-token-0123456789-0123456789";
  static final String EMAIL = "owner@shop.example";
  static final String PASSWORD = "a long enough password";
  private static final Duration LONGEST_START = Duration.ofMinutes(3);
  private static final int OLDEST_JAVA = 25;

  private final Path folder;
  private final Path data;
  private final Path jar;
  private final Path script = Path.of("packaging", "shopbell").toAbsolutePath();
  private final List<String> options;
  private final Thread hook = new Thread(this::end);
  private Process process;
  private Process second;
  private long postmaster = -1;
  final int httpPort;
  final int smtpPort;

  /** A folder and ports, nothing started yet. */
  Running(Options options) throws IOException {
    if (Runtime.version().feature() < OLDEST_JAVA) {
      throw new IllegalStateException("Run this with a JDK " + OLDEST_JAVA + " or later.");
    }
    Path packaged = Path.of(options.text("jar", "target/shopbell.jar"));
    if (!Files.exists(packaged)) {
      throw new IllegalStateException(packaged + " is missing: mvn package -DskipTests");
    }
    this.options = options.all("jvm");
    folder = Files.createTempDirectory("shopbell-bench");
    String kept = options.text("data", "");
    data = kept.isEmpty() ? folder.resolve("data") : Path.of(kept).toAbsolutePath();
    Runtime.getRuntime().addShutdownHook(hook);
    // Where root runs this, PostgreSQL runs as somebody else, who has to come through here.
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    // A copy, so that nobody's build pulls the program away from under the measurement.
    jar = Files.copy(packaged, folder.resolve("shopbell.jar"), StandardCopyOption.REPLACE_EXISTING);
    try (ServerSocket one = new ServerSocket(0);
        ServerSocket two = new ServerSocket(0)) {
      httpPort = one.getLocalPort();
      smtpPort = two.getLocalPort();
    }
  }

  /**
   * @return from the start of the process until it says that it is ready
   */
  Duration start() throws IOException, InterruptedException {
    prepare();
    long begun = System.nanoTime();
    process = launch(httpPort, smtpPort, "");
    awaitReady(process, httpPort, begun);
    Duration took = Duration.ofNanos(System.nanoTime() - begun);
    postmaster = Long.parseLong(postmasterLine(0));
    return took;
  }

  /** As an operator does before a restart: the cache of a version is made once. */
  private void prepare() throws IOException, InterruptedException {
    if (launch(httpPort, smtpPort, "", "prepare").waitFor() != 0) {
      throw new IllegalStateException(
          "The cache was not made:\n" + Files.readString(log().toPath()));
    }
  }

  /** One more node, on the database and the files of the first; its SMTP port is returned. */
  int startSecond() throws IOException, InterruptedException {
    int http;
    int smtp;
    try (ServerSocket one = new ServerSocket(0);
        ServerSocket two = new ServerSocket(0)) {
      http = one.getLocalPort();
      smtp = two.getLocalPort();
    }
    String password = Files.readString(data.resolve("postgres/database.password")).strip();
    second =
        launch(
            http,
            smtp,
            "postgresql://shopbell:%s@127.0.0.1:%s/shopbell?sslmode=disable"
                .formatted(
                    java.net.URLEncoder.encode(password, java.nio.charset.StandardCharsets.UTF_8),
                    postmasterLine(3)));
    awaitReady(second, http, System.nanoTime());
    return smtp;
  }

  private Process launch(int http, int smtp, String database, String... command)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(script.toString()).directory(folder.toFile());
    builder.command().addAll(List.of(command));
    builder.environment().keySet().removeIf(name -> name.startsWith("SHOPBELL_"));
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().remove("JAVA_OPTS");
    if (!options.isEmpty()) {
      builder.environment().put("JAVA_OPTS", String.join(" ", options));
    }
    builder.environment().put("SHOPBELL_JAR", jar.toString());
    builder.environment().put("SHOPBELL_CACHE", folder.resolve("cache").toString());
    builder.environment().put("SHOPBELL_HTTP_PORT", Integer.toString(http));
    builder.environment().put("SHOPBELL_SMTP_PORT", Integer.toString(smtp));
    builder.environment().put("SHOPBELL_BIND", "127.0.0.1");
    builder.environment().put("SHOPBELL_DATA", data.toString());
    builder.environment().put("SHOPBELL_DATABASE_URL", database);
    builder.environment().put("SHOPBELL_DEMO", "false");
    builder.environment().put("SHOPBELL_OWNER_EMAIL", EMAIL);
    builder.environment().put("SHOPBELL_OWNER_PASSWORD", PASSWORD);
    builder.environment().put("SHOPBELL_API_TOKEN", TOKEN);
    builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(log()));
    return builder.start();
  }

  private void awaitReady(Process program, int http, long begun)
      throws IOException, InterruptedException {
    HttpRequest ready =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + http + "/healthz"))
            .timeout(Duration.ofSeconds(5))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      while (true) {
        if (!program.isAlive() || System.nanoTime() - begun > LONGEST_START.toNanos()) {
          throw new IllegalStateException(
              "Shopbell did not start:\n" + Files.readString(log().toPath()));
        }
        try {
          if (client.send(ready, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
            return;
          }
        } catch (IOException e) {
          // Not yet.
        }
        Thread.sleep(5);
      }
    }
  }

  void stop() throws InterruptedException {
    if (process == null) {
      return;
    }
    if (second != null) {
      second.destroyForcibly().waitFor();
      second = null;
    }
    process.destroy();
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }
    process = null;
    // The server is stopped by the program, or by its watchdog when the program was killed.
    Optional<ProcessHandle> server = ProcessHandle.of(postmaster);
    for (int i = 0; i < 200 && server.isPresent() && server.get().isAlive(); i++) {
      Thread.sleep(100);
    }
    server.filter(ProcessHandle::isAlive).ifPresent(ProcessHandle::destroy);
  }

  @Override
  public void close() {
    end();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // It is running.
    }
  }

  private synchronized void end() {
    try {
      stop();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (Files.exists(folder)) {
      complain();
      try (Stream<Path> all = Files.walk(folder)) {
        all.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
      } catch (IOException e) {
        System.err.println("Not removed: " + folder + " (" + e.getMessage() + ")");
      }
    }
  }

  /** What the program warned of belongs beside the figures. */
  private void complain() {
    try (Stream<String> lines = Files.lines(log().toPath())) {
      lines
          .filter(line -> line.matches("\\S+ (WARN|ERROR) .*"))
          .limit(20)
          .forEach(System.err::println);
    } catch (IOException | java.io.UncheckedIOException e) {
      // It was never started.
    }
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:" + httpPort + path);
  }

  private File log() {
    return folder.resolve("shopbell.log").toFile();
  }

  long pid() {
    return process.pid();
  }

  /** Of the embedded PostgreSQL. */
  long postmaster() {
    return postmaster;
  }

  /** Processor time used so far, in seconds. */
  record Cpu(double jvm, double postgres) {
    Cpu since(Cpu earlier) {
      return new Cpu(jvm - earlier.jvm, postgres - earlier.postgres);
    }

    /** For a table: what one of so many took. */
    String each(int count) {
      return String.format(
          Locale.ROOT,
          "%.2f ms (%.2f in the program, %.2f in PostgreSQL)",
          (jvm + postgres) * 1_000 / count,
          jvm * 1_000 / count,
          postgres * 1_000 / count);
    }
  }

  Cpu cpu() {
    double postgres = seconds(postmaster, true);
    for (long server : servers()) {
      postgres += server == postmaster ? 0 : seconds(server, false);
    }
    return new Cpu(
        seconds(pid(), false) + (second == null ? 0 : seconds(second.pid(), false)), postgres);
  }

  /** The processes of the embedded PostgreSQL, its postmaster among them. */
  List<Long> servers() {
    List<Long> all = new ArrayList<>();
    ProcessHandle.of(postmaster)
        .ifPresent(server ->
            Stream.concat(Stream.of(server), server.descendants())
                .forEach(one -> all.add(one.pid())));
    return all;
  }

  /**
   * @param withEnded also what its children used that have ended
   */
  private static double seconds(long pid, boolean withEnded) {
    Path stat = Path.of("/proc", Long.toString(pid), "stat");
    String line;
    try {
      line = Files.readString(stat);
    } catch (IOException e) {
      return 0; // It has ended; its parent counts it.
    }
    String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ");
    long ticks = Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
    if (withEnded) {
      ticks += Long.parseLong(fields[13]) + Long.parseLong(fields[14]);
    }
    return ticks / 100.0;
  }

  private String postmasterLine(int line) throws IOException {
    return Files.readAllLines(data.resolve("postgres/pg/postmaster.pid")).get(line).strip();
  }

  /** A connection of one's own to the embedded database, as the program's own user. */
  Connection connect() throws IOException, SQLException {
    return connect("shopbell", "shopbell");
  }

  Connection connect(String user, String database) throws IOException, SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", user);
    properties.setProperty(
        "password", Files.readString(data.resolve("postgres/database.password")).strip());
    String url = "jdbc:postgresql://127.0.0.1:" + postmasterLine(3) + "/" + database;
    return Holder.DRIVER.connect(url + "?sslmode=disable&gssEncMode=disable", properties);
  }

  /** The driver comes out of the packaged program, so that nothing has to be on the class path. */
  private static final class Holder {
    static final Driver DRIVER = load();

    private static Driver load() {
      try {
        Path unpacked = Path.of("target/bench/postgresql.jar");
        Files.createDirectories(unpacked.getParent());
        try (ZipFile program = new ZipFile("target/shopbell.jar")) {
          ZipEntry entry =
              program.stream()
                  .filter(one -> one.getName().matches("BOOT-INF/lib/postgresql-[0-9.]+\\.jar"))
                  .findFirst()
                  .orElseThrow();
          try (InputStream in = program.getInputStream(entry)) {
            Files.copy(in, unpacked, StandardCopyOption.REPLACE_EXISTING);
          }
        }
        ClassLoader loader = new URLClassLoader(new URL[] {unpacked.toUri().toURL()});
        return (Driver)
            loader.loadClass("org.postgresql.Driver").getDeclaredConstructor().newInstance();
      } catch (IOException | ReflectiveOperationException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** The migrations as the program carries them, in their order. */
  List<String> migrations() throws IOException {
    List<String> scripts = new ArrayList<>();
    try (ZipFile program = new ZipFile(jar.toFile())) {
      for (ZipEntry entry :
          program.stream()
              .filter(one -> one.getName().matches("BOOT-INF/classes/db/migration/V.*\\.sql"))
              .sorted(Comparator.comparing(ZipEntry::getName))
              .toList()) {
        try (InputStream in = program.getInputStream(entry)) {
          scripts.add(new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8));
        }
      }
    }
    return scripts;
  }

  /** What the figures depend on, for the head of a report. */
  String machine() throws IOException {
    FileStore disk = Files.getFileStore(folder);
    String cpu =
        Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
            .filter(line -> line.startsWith("model name"))
            .map(line -> line.substring(line.indexOf(':') + 1).strip())
            .findFirst()
            .orElse("?");
    double load = Double.parseDouble(Files.readString(Path.of("/proc/loadavg")).split(" ")[0]);
    return String.format(
        Locale.ROOT,
        "%d × %s, Java %s, data on %s%s, load before the run %.1f%s",
        Runtime.getRuntime().availableProcessors(),
        cpu,
        Runtime.version().feature(),
        disk.type(),
        disk.type().equals("tmpfs") ? " (NOT durable: set java.io.tmpdir to a disk)" : "",
        load,
        load > 0.5 ? " (NOISY: others are working here)" : "");
  }
}
