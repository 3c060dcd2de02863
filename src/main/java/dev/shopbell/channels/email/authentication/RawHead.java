package dev.shopbell.channels.email.authentication;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The header of a mail, byte for byte: a signature is over those, not over what they mean. */
public final class RawHead {
  private static final int MOST_BYTES = 1024 * 1024;

  private final List<Field> fields;
  private final boolean whole;

  private RawHead(List<Field> fields, boolean whole) {
    this.fields = fields;
    this.whole = whole;
  }

  /**
   * @param name in lower case
   * @param raw from its name to the end of its last line, that line's end excluded; folds are CRLF
   *     and white space
   */
  record Field(String name, byte[] raw) {
    /** What follows the colon, folds and all. */
    String value() {
      String text = new String(raw, StandardCharsets.UTF_8);
      return text.substring(text.indexOf(':') + 1);
    }
  }

  /**
   * Reads up to and including the empty line; the body is what the stream holds then. The stream is
   * read byte by byte.
   */
  public static RawHead read(InputStream in) throws IOException {
    Reading reading = new Reading();
    ByteArrayOutputStream line = new ByteArrayOutputStream(128);
    int size = 0;
    for (int b = in.read(); b >= 0; b = in.read()) {
      if (++size > MOST_BYTES) {
        return new RawHead(reading.fields(), false);
      }
      if (b != '\n') {
        line.write(b);
        continue;
      }
      byte[] bytes = withoutReturn(line.toByteArray());
      line.reset();
      if (bytes.length == 0) {
        return new RawHead(reading.fields(), true);
      }
      reading.line(bytes);
    }
    reading.line(withoutReturn(line.toByteArray()));
    return new RawHead(reading.fields(), true);
  }

  /** False where it is too large to be read to its end. */
  boolean isWhole() {
    return whole;
  }

  /** Fields of the name in lower case, top of the mail first. */
  List<Field> all(String name) {
    return fields.stream().filter(field -> field.name().equals(name)).toList();
  }

  public boolean has(String name) {
    return fields.stream().anyMatch(field -> field.name().equals(name));
  }

  List<Field> fields() {
    return fields;
  }

  /** The values of a field, top of the mail first, unfolded. */
  public List<String> values(String name) {
    return all(name).stream()
        .map(field -> field.value().replaceAll("\r\n(?=[ \t])", "").strip())
        .toList();
  }

  private static byte[] withoutReturn(byte[] line) {
    return line.length > 0 && line[line.length - 1] == '\r'
        ? java.util.Arrays.copyOf(line, line.length - 1)
        : line;
  }

  private static final class Reading {
    private final List<Field> fields = new ArrayList<>();
    private final ByteArrayOutputStream field = new ByteArrayOutputStream(256);

    void line(byte[] line) {
      boolean continues = line.length > 0 && (line[0] == ' ' || line[0] == '\t');
      if (continues && field.size() > 0) {
        field.write('\r');
        field.write('\n');
      } else {
        close();
      }
      field.writeBytes(line);
    }

    List<Field> fields() {
      close();
      return List.copyOf(fields);
    }

    private void close() {
      byte[] raw = field.toByteArray();
      field.reset();
      int colon = 0;
      while (colon < raw.length && raw[colon] != ':') {
        colon++;
      }
      if (colon > 0 && colon < raw.length) {
        String name = new String(raw, 0, colon, StandardCharsets.ISO_8859_1);
        fields.add(new Field(name.strip().toLowerCase(Locale.ROOT), raw));
      }
    }
  }
}
