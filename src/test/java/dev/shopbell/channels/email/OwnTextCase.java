package dev.shopbell.channels.email;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A mail and what of it is its author's; the format is described beside the files. */
record OwnTextCase(
    String name, @Nullable String text, @Nullable String html, List<String> thread, String own) {
  private static final Path FOLDER = Path.of("src/test/resources/mail/own-text");

  static List<OwnTextCase> of(String folder) throws IOException {
    List<OwnTextCase> cases = new ArrayList<>();
    try (Stream<Path> files = Files.list(FOLDER.resolve(folder))) {
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

  private static OwnTextCase read(String written) {
    String text = null;
    String html = null;
    String own = "";
    List<String> thread = new ArrayList<>();
    String[] parts = written.split("(?m)^@@ ");
    for (int i = 1; i < parts.length; i++) {
      String[] part = parts[i].split("\n", 2);
      String content = part[1].replace("[sp]\n", " \n");
      switch (part[0].strip()) {
        case "text" -> text = content;
        case "html" -> html = content;
        case "thread" -> thread.add(content);
        case "own" -> own = content;
        default -> throw new IllegalArgumentException(part[0]);
      }
    }
    return new OwnTextCase(parts[0].lines().findFirst().orElse(""), text, html, thread, own);
  }

  @Override
  public String toString() {
    return name;
  }
}
