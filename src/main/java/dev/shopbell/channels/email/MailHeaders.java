package dev.shopbell.channels.email;

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
    String text = MailCharset.decode(block, null).replace("\r\n", "\n").replace('\r', '\n');
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

    private final Map<String, List<String>> values = new LinkedHashMap<>();
    private int fields;
    private int chars;
    private boolean cut;

    /** A field as raw bytes with its folds. */
    void add(byte[] raw) {
      add(MailCharset.decode(raw, null));
    }

    private void add(String field) {
      int colon = field.indexOf(':');
      if (colon <= 0) {
        return;
      }
      String name = field.substring(0, colon).strip().toLowerCase(Locale.ROOT);
      if (fields >= MAX_FIELDS || chars + field.length() > MAX_CHARS) {
        cut = true;
        return;
      }
      fields++;
      chars += field.length();
      values.computeIfAbsent(name, any -> new ArrayList<>(1)).add(unfold(field, colon + 1));
    }

    private static String unfold(String field, int from) {
      StringBuilder value = new StringBuilder(field.length() - from);
      for (int i = from; i < field.length(); i++) {
        char c = field.charAt(i);
        if (c == '\t') {
          value.append(' ');
        } else if (!Character.isISOControl(c)) {
          value.append(c);
        }
      }
      return value.toString();
    }

    boolean isCut() {
      return cut;
    }

    MailHeaders collected() {
      values.replaceAll((name, list) -> Collections.unmodifiableList(list));
      return new MailHeaders(Collections.unmodifiableMap(values));
    }
  }

  @Override
  public String toString() {
    return values.toString();
  }
}
