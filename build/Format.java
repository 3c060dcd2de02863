import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** {@code check} fails if a source is not in google-java-format; {@code fix} puts it right. */
class Format {
  public static void main(String[] arguments) throws Exception {
    boolean fix = arguments[0].equals("fix");
    Formatter formatter = new Formatter(JavaFormatterOptions.defaultOptions());
    List<Path> wrong = new ArrayList<>();
    for (String folder : List.of("src/main/java", "src/test/java", "bench")) {
      if (!Files.exists(Path.of(folder))) {
        continue;
      }
      try (Stream<Path> files = Files.walk(Path.of(folder))) {
        for (Path file : files.filter(path -> path.toString().endsWith(".java")).sorted().toList()) {
          String source = Files.readString(file);
          String formatted =
              formatter.formatSource(
                  ImportOrderer.reorderImports(
                      RemoveUnusedImports.removeUnusedImports(source), JavaFormatterOptions.Style.GOOGLE));
          if (!formatted.equals(source)) {
            wrong.add(file);
            if (fix) {
              Files.writeString(file, formatted);
            }
          }
        }
      }
    }
    if (!wrong.isEmpty()) {
      System.out.println((fix ? "Formatted " : "Not formatted: ") + wrong);
      if (!fix) {
        System.out.println("Put it right with: mvn -q initialize exec:exec@format -Dformat=fix");
        System.exit(1);
      }
    }
  }
}
