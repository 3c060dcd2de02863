import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * How well the author's own text is split from the rest, over mails kept apart from the making of
 * the splitter: the share that comes out exactly, and F1 over lines, by language, by mail program,
 * and without knowledge of the thread. Also how many mails it splits a second.
 */
final class Split {
  record Case(
      String name,
      String language,
      String client,
      String text,
      String html,
      List<String> thread,
      List<String> own) {}

  private static final class Score {
    int cases;
    int exact;
    long kept;
    long wanted;
    long both;

    void add(List<String> own, List<String> wantedOwn) {
      cases++;
      exact += own.equals(wantedOwn) ? 1 : 0;
      Map<String, Integer> left = new HashMap<>();
      wantedOwn.forEach(line -> left.merge(line, 1, Integer::sum));
      for (String line : own) {
        if (left.merge(line, -1, Integer::sum) >= 0) {
          both++;
        }
      }
      kept += own.size();
      wanted += wantedOwn.size();
    }

    String row() {
      return String.format(
          Locale.ROOT,
          "%d | %.0f %% | %.3f | %.3f | %.3f",
          cases,
          100.0 * exact / cases,
          2.0 * both / Math.max(1, kept + wanted),
          (double) both / Math.max(1, kept),
          (double) both / Math.max(1, wanted));
    }
  }

  private final Method split;
  private final Method read;

  private Split(ClassLoader shopbell) throws ReflectiveOperationException {
    split =
        shopbell
            .loadClass("dev.shopbell.channels.email.OwnText")
            .getDeclaredMethod("of", String.class, String.class, List.class);
    split.setAccessible(true);
    read =
        shopbell
            .loadClass("dev.shopbell.platform.html.HtmlText")
            .getDeclaredMethod("of", String.class);
  }

  public static void main(String[] arguments) throws Exception {
    Options options = Options.of(arguments, "folder", "misses");
    Path folder = Path.of(options.text("folder", "src/test/resources/mail/own-text/held-out"));
    boolean misses = options.text("misses", "no").equals("yes");
    Path classes = Files.createTempDirectory("shopbell-split");
    try {
      unpack(Path.of(options.text("jar", "target/shopbell.jar")), classes);
      List<URL> urls = new ArrayList<>();
      urls.add(classes.resolve("BOOT-INF/classes").toUri().toURL());
      try (Stream<Path> jars = Files.list(classes.resolve("BOOT-INF/lib"))) {
        for (Path jar : jars.toList()) {
          urls.add(jar.toUri().toURL());
        }
      }
      try (URLClassLoader shopbell =
          new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
        new Split(shopbell).report(cases(folder), misses);
      }
    } finally {
      try (Stream<Path> all = Files.walk(classes)) {
        for (Path path : all.sorted((a, b) -> b.compareTo(a)).toList()) {
          Files.delete(path);
        }
      }
    }
  }

  private void report(List<Case> cases, boolean misses) throws Exception {
    Score all = new Score();
    Score withoutThread = new Score();
    Map<String, Score> byLanguage = new TreeMap<>();
    Map<String, Score> byClient = new TreeMap<>();
    for (Case one : cases) {
      List<String> own = own(one, one.thread());
      all.add(own, one.own());
      withoutThread.add(own(one, List.of()), one.own());
      byLanguage.computeIfAbsent(one.language(), key -> new Score()).add(own, one.own());
      byClient.computeIfAbsent(one.client(), key -> new Score()).add(own, one.own());
      if (misses && !own.equals(one.own())) {
        System.out.println("MISS " + one.name() + "\n  got    " + own + "\n  wanted " + one.own());
      }
    }
    System.out.println("| | mails | exact | line F1 | precision | recall |");
    System.out.println("|---|--:|--:|--:|--:|--:|");
    System.out.println("| all | " + all.row() + " |");
    System.out.println("| all, the thread unknown | " + withoutThread.row() + " |");
    byLanguage.forEach(
        (name, score) -> System.out.println("| " + name + " | " + score.row() + " |"));
    byClient.forEach((name, score) -> System.out.println("| " + name + " | " + score.row() + " |"));
    System.out.printf(Locale.ROOT, "%nsplit a second, one core: %,d%n", perSecond(cases));
  }

  private long perSecond(List<Case> cases) throws Exception {
    long rate = 0;
    for (int round = 0; round < 5; round++) {
      long from = System.nanoTime();
      int done = 0;
      while (System.nanoTime() - from < 1_000_000_000L) {
        own(cases.get(done++ % cases.size()), List.of());
      }
      rate = done;
    }
    return rate;
  }

  private List<String> own(Case one, List<String> thread) throws Exception {
    String text = one.text() == null ? (String) read.invoke(null, one.html()) : one.text();
    return lines((String) split.invoke(null, text, one.html(), thread));
  }

  private static List<String> lines(String text) {
    return text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
  }

  private static List<Case> cases(Path folder) throws IOException {
    List<Case> cases = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.sorted().toList()) {
        for (String one : Files.readString(file).split("(?m)^@@ case ")) {
          if (!one.isEmpty()) {
            cases.add(read(one));
          }
        }
      }
    }
    return cases;
  }

  private static Case read(String written) {
    String[] parts = written.split("(?m)^@@ ");
    Map<String, String> content = new HashMap<>();
    List<String> thread = new ArrayList<>();
    for (int i = 1; i < parts.length; i++) {
      String[] part = parts[i].split("\n", 2);
      String value = part[1].replace("[sp]\n", " \n");
      if (part[0].strip().equals("thread")) {
        thread.add(value);
      } else {
        content.put(part[0].strip(), value);
      }
    }
    String[] head = parts[0].strip().split(" \\| ");
    return new Case(
        head[0],
        head[1],
        head[2],
        content.get("text"),
        content.get("html"),
        thread,
        lines(content.get("own")));
  }

  private static void unpack(Path jar, Path to) throws IOException {
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      for (ZipEntry entry : (Iterable<ZipEntry>) zip.stream().map(ZipEntry.class::cast)::iterator) {
        String name = entry.getName();
        boolean needed =
            name.startsWith("BOOT-INF/classes/dev/shopbell/")
                || name.matches("BOOT-INF/lib/(jsoup|jspecify)[^/]*\\.jar");
        if (needed && !entry.isDirectory()) {
          Path file = to.resolve(name).normalize();
          Files.createDirectories(file.getParent());
          Files.copy(zip.getInputStream(entry), file);
        }
      }
    }
  }
}
