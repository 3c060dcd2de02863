package dev.shopbell.channels.email;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fields of a header block: names in any case, values unfolded and not yet decoded. */
final class MailHeaders {
  static final MailHeaders NONE = new MailHeaders(Map.of());

  private final Map<String, List<String>> values;

  private MailHeaders(Map<String, List<String>> values) {
    this.values = values;
  }

  /** The first value that is not blank, as it came (only unfolded). */
  @Nullable String first(String name) {
    for (String value : all(name)) {
      if (!value.isBlank()) {
        return value.strip();
      }
    }
    return null;
  }

  /** The first value that is not blank, decoded, on one line. */
  @Nullable String text(String name) {
    String value = first(name);
    return value == null ? null : HeaderText.decode(value);
  }

  /** All values of a field, top of the mail first. */
  List<String> all(String name) {
    return values.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
  }

  boolean has(String name) {
    return values.containsKey(name.toLowerCase(Locale.ROOT));
  }

  /** In lower case, in the order of the mail. */
  List<String> names() {
    return List.copyOf(values.keySet());
  }

  boolean isEmpty() {
    return values.isEmpty();
  }

  /** Reads a block of header lines from memory, up to the first empty line. */
  static MailHeaders read(byte[] block) {
    Collector collector = new Collector();
    String text =
        MailCharset.decode(block, (String) null).replace("\r\n", "\n").replace('\r', '\n');
    StringBuilder field = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      int end = text.indexOf('\n', at);
      String line = text.substring(at, end < 0 ? text.length() : end);
      at = end < 0 ? text.length() : end + 1;
      if (line.isBlank()) {
        break;
      }
      if (line.charAt(0) != ' ' && line.charAt(0) != '\t') {
        collector.add(field.toString());
        field.setLength(0);
      }
      field.append(line);
    }
    collector.add(field.toString());
    return collector.collected();
  }

  /** Takes fields one by one and stops keeping them where a mail becomes unreasonable. */
  static final class Collector {
    private static final int MAX_CHARS = 2_000_000;
    private static final int MAX_FIELDS = 20_000;
    private static final int MAX_UNDECIDED = 1_000_000;

    private final Map<String, List<String>> values = new LinkedHashMap<>();
    private final List<Undecided> undecided = new ArrayList<>();
    private int undecidedBytes;
    private int fields;
    private int chars;
    private boolean cut;

    /** A field as raw bytes with its folds. */
    void add(byte[] raw) {
      if (MailCharset.isUtf8(raw)) {
        add(MailCharset.decode(raw, (String) null));
        return;
      }
      String name = add(new String(raw, StandardCharsets.ISO_8859_1));
      undecidedBytes += raw.length;
      if (name != null && undecidedBytes < MAX_UNDECIDED) {
        int index = values.getOrDefault(name, List.of()).size() - 1;
        undecided.add(new Undecided(name, index, raw));
      }
    }

    private @Nullable String add(String field) {
      int colon = field.indexOf(':');
      if (colon <= 0) {
        return null;
      }
      String name = field.substring(0, colon).strip().toLowerCase(Locale.ROOT);
      boolean full = fields >= MAX_FIELDS || chars + field.length() > MAX_CHARS;
      // Below very many lines of one kind the first of another still counts.
      if (full && (values.containsKey(name) || fields > 2 * MAX_FIELDS || chars > 2 * MAX_CHARS)) {
        cut = true;
        return null;
      }
      fields++;
      chars += field.length();
      values.computeIfAbsent(name, any -> new ArrayList<>(1)).add(unfold(field, colon + 1));
      return name;
    }

    private static String unfold(String field, int from) {
      StringBuilder value = new StringBuilder(field.length() - from);
      for (int i = from; i < field.length(); i++) {
        char c = field.charAt(i);
        if (c == '\t') {
          value.append(' ');
        } else if (c >= ' ' && c != 0x7F) {
          value.append(c);
        }
      }
      return value.toString();
    }

    boolean isCut() {
      return cut;
    }

    /** Decides at the end, from all of them and the body's charset, what raw bytes mean. */
    private void decide() {
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      undecided.forEach(one -> all.writeBytes(one.raw()));
      List<String> types = values.getOrDefault("content-type", List.of());
      String said =
          types.isEmpty() ? null : HeaderParameters.parse(types.getFirst()).get("charset");
      Charset charset = MailCharset.of(all.toByteArray(), said);
      for (Undecided one : undecided) {
        List<String> list = values.getOrDefault(one.name(), List.of());
        String field = MailCharset.decode(one.raw(), charset);
        list.set(one.index(), unfold(field, field.indexOf(':') + 1));
      }
      undecided.clear();
    }

    MailHeaders collected() {
      if (!undecided.isEmpty()) {
        decide();
      }
      values.replaceAll((name, list) -> Collections.unmodifiableList(list));
      return new MailHeaders(Collections.unmodifiableMap(values));
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // lives only while one header block is read
  private record Undecided(String name, int index, byte[] raw) {}

  @Override
  public String toString() {
    return values.toString();
  }
}
