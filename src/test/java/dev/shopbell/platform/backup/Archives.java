package dev.shopbell.platform.backup;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The two commands, and archives to look into and to spoil. */
final class Archives {
  private static final JsonMapper JSON = new JsonMapper();

  private Archives() {}

  record Ran(int code, String words) {}

  /** As on the command line, with the settings given as options. */
  static Ran run(List<String> command, Map<String, String> settings) {
    return run(command, settings, OutputStream.nullOutputStream(), InputStream.nullInputStream());
  }

  static Ran run(
      List<String> command, Map<String, String> settings, OutputStream out, InputStream in) {
    List<String> arguments = new ArrayList<>(command);
    settings.forEach((name, value) -> arguments.add("--" + name + "=" + value));
    ByteArrayOutputStream words = new ByteArrayOutputStream();
    int code =
        BackupCommand.run(
            arguments.toArray(String[]::new),
            new PrintStream(words, true, StandardCharsets.UTF_8),
            out,
            in);
    return new Ran(code, words.toString(StandardCharsets.UTF_8));
  }

  static Map<String, String> at(String url, Path data) {
    return Map.of("shopbell.database-url", url, "shopbell.data", data.toString());
  }

  /** Its checksums, by the name of the part. */
  static Map<String, String> checksums(Path archive) {
    Map<String, String> sums = new LinkedHashMap<>();
    for (JsonNode part : JSON.readTree(entries(archive).get("end.json")).path("parts")) {
      sums.put(
          part.path("name").asString(),
          part.path("rows").asLong() + " rows " + part.path("sha256").asString());
    }
    return sums;
  }

  static Map<String, byte[]> entries(Path archive) {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(archive))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        entries.put(entry.getName(), zip.readAllBytes());
      }
      return entries;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same archive, with its entries changed. */
  static Path changed(Path archive, UnaryOperator<Map<String, byte[]>> change) {
    Path made = archive.resolveSibling("changed-" + System.nanoTime() + ".zip");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(made))) {
      for (Map.Entry<String, byte[]> entry : change.apply(entries(archive)).entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        new ByteArrayInputStream(entry.getValue()).transferTo(zip);
        zip.closeEntry();
      }
      return made;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same archive, with a word of an entry replaced. */
  static Path replaced(Path archive, String entry, String word, String by) {
    return changed(
        archive,
        entries -> {
          String text = new String(entries.get(entry), StandardCharsets.UTF_8);
          entries.put(entry, text.replace(word, by).getBytes(StandardCharsets.UTF_8));
          return entries;
        });
  }
}
