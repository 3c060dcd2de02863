package dev.shopbell.channels.email;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads the header block of a mail as a person finds it: with any line ends, lines that are no
 * fields between the fields, a line of an mbox above, no empty line below. Memory is bounded,
 * whatever comes.
 */
final class HeadReader {
  private static final int MAX_FIELD = 250_000;
  private static final int MAX_LOOK_AHEAD = 100;
  private static final int WINDOW = 16_384;

  /** Names that tell a field from a sentence with a colon, besides those that start so. */
  private static final List<String> PREFIXES = List.of("x-", "content-", "arc-", "dkim-", "list-");

  private final InputStream mail;
  private final MailHeaders.Collector headers;
  private final byte[] buffer = new byte[8_192];
  private final Deque<byte[]> ahead = new ArrayDeque<>();
  private final ByteArrayOutputStream field = new ByteArrayOutputStream(256);
  private int at;
  private int end;
  private boolean cut;

  HeadReader(InputStream mail, MailHeaders.Collector headers) {
    this.mail = mail;
    this.headers = headers;
  }

  /** Whether something in the header block was too long to be kept. */
  boolean isCut() {
    return cut;
  }

  /**
   * Reads the header block and returns the mail anew for a reader of MIME: only the fields that say
   * what its body is, set right where that shows, and the body.
   */
  InputStream read() throws IOException {
    boolean first = true;
    for (byte[] line = next(); line != null && line.length > 0; line = next()) {
      if (first && nameLength(line) == 0 && startsWith(line, "From ", ">From ")) {
        continue;
      }
      boolean blank = isBlank(line);
      if (blank && !isFieldAhead()) {
        break;
      }
      if (!blank && !take(first ? unindented(line) : line)) {
        ahead.addFirst(line);
        break;
      }
      first = false;
    }
    flush();
    InputStream body = body();
    byte[] window = window(body);
    byte[] head = BodyHead.of(headers.collected(), window).getBytes(StandardCharsets.UTF_8);
    return new StartedStream(head, body);
  }

  private boolean take(byte[] line) throws IOException {
    if (line.length == 0) {
      return true;
    }
    boolean folded = line[0] == ' ' || line[0] == '\t';
    if (folded && field.size() > 0) {
      append(line);
    } else if (nameLength(line) > 0) {
      flush();
      append(line);
    } else if (!isKnownFieldAhead()) {
      return false;
    } else if (startsWith(field.toByteArray(), "Subject:", "subject:", "SUBJECT:")) {
      // A fold without its blank.
      field.write(' ');
      append(line);
    }
    return true;
  }

  private void append(byte[] line) {
    int room = Math.min(line.length, MAX_FIELD - field.size());
    cut |= room < line.length;
    field.write(line, 0, Math.max(0, room));
  }

  private void flush() {
    if (field.size() > 0) {
      headers.add(field.toByteArray());
      field.reset();
    }
  }

  private boolean isFieldAhead() throws IOException {
    byte[] line = peek(0);
    return line != null && nameLength(line) > 0;
  }

  private boolean isKnownFieldAhead() throws IOException {
    for (int i = 0; i < MAX_LOOK_AHEAD; i++) {
      byte[] line = peek(i);
      if (line == null || line.length == 0) {
        return false;
      }
      int length = nameLength(line);
      String name =
          new String(line, 0, length, StandardCharsets.US_ASCII).strip().toLowerCase(Locale.ROOT);
      if (MailParser.MARKS_OF_A_MAIL.contains(name)
          || PREFIXES.stream().anyMatch(name::startsWith)) {
        return true;
      }
    }
    return false;
  }

  /** How long the name of the field is that starts in this line; 0 when none does. */
  private static int nameLength(byte[] line) {
    int i = 0;
    while (i < line.length && i < 100 && line[i] > ' ' && line[i] < 0x7F && line[i] != ':') {
      i++;
    }
    int length = i;
    while (i < line.length && (line[i] == ' ' || line[i] == '\t')) {
      i++;
    }
    boolean address = i + 2 < line.length && line[i + 1] == '/' && line[i + 2] == '/';
    return length > 0 && i < line.length && line[i] == ':' && !address ? length : 0;
  }

  private static boolean startsWith(byte[] line, String... starts) {
    String text = new String(line, 0, Math.min(line.length, 10), StandardCharsets.ISO_8859_1);
    for (String start : starts) {
      if (text.startsWith(start)) {
        return true;
      }
    }
    return false;
  }

  private static byte[] unindented(byte[] line) {
    return new String(line, StandardCharsets.ISO_8859_1)
        .stripLeading()
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  private static boolean isBlank(byte[] line) {
    for (byte b : line) {
      if (b != ' ' && b != '\t') {
        return false;
      }
    }
    return true;
  }

  private byte @Nullable [] next() throws IOException {
    byte[] line = ahead.pollFirst();
    return line != null ? line : readLine();
  }

  private byte @Nullable [] peek(int index) throws IOException {
    while (ahead.size() <= index) {
      byte[] line = readLine();
      if (line == null) {
        return null;
      }
      ahead.addLast(line);
    }
    return index == 0 ? ahead.peekFirst() : ahead.stream().skip(index).findFirst().orElse(null);
  }

  /** Without its end; null at the end of the mail. */
  private byte @Nullable [] readLine() throws IOException {
    ByteArrayOutputStream line = null;
    while (at < end || fill()) {
      int from = at;
      while (at < end && buffer[at] != '\n') {
        at++;
      }
      boolean ended = at < end;
      if (ended && line == null) {
        return withoutReturns(buffer, from, at++);
      }
      line = line == null ? new ByteArrayOutputStream(2 * (at - from)) : line;
      int room = Math.min(at - from, MAX_FIELD - line.size());
      cut |= room < at - from;
      line.write(buffer, from, room);
      if (ended) {
        at++;
        break;
      }
    }
    return line == null ? null : withoutReturns(line.toByteArray(), 0, line.size());
  }

  private static byte[] withoutReturns(byte[] bytes, int from, int to) {
    int last = to;
    while (last > from && bytes[last - 1] == '\r') {
      last--;
    }
    byte[] line = new byte[last - from];
    for (int i = 0; i < line.length; i++) {
      byte b = bytes[from + i];
      line[i] = b == '\r' ? (byte) ' ' : b;
    }
    return line;
  }

  private boolean fill() throws IOException {
    at = 0;
    end = Math.max(0, mail.read(buffer, 0, buffer.length));
    return end > 0;
  }

  private InputStream body() {
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    for (byte[] line : ahead) {
      read.writeBytes(line);
      read.write('\r');
      read.write('\n');
    }
    read.write(buffer, at, end - at);
    return new BufferedInputStream(new StartedStream(read.toByteArray(), mail), WINDOW);
  }

  private static byte[] window(InputStream body) throws IOException {
    body.mark(WINDOW);
    byte[] window = body.readNBytes(WINDOW);
    body.reset();
    return window;
  }
}
