package dev.shopbell.channels.email;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads what Outlook puts into winmail.dat (MS-OXTNEF): the text and the files. Files go through as
 * they are read; only their names and the text are held in memory, within limits.
 */
final class Tnef {
  private static final int SIGNATURE = 0x223E9F78;
  private static final int MAX_TEXT = 2_000_000;
  private static final int MAX_NAME = 2_000;
  private static final int MAX_PROPERTIES = 5_000;
  private static final int MAX_DEPTH = 3;

  private static final int SUBJECT = 0x00018004;
  private static final int BODY = 0x0002800C;
  private static final int PROPERTIES = 0x00069003;
  private static final int FILE = 0x00069002;
  private static final int FILE_TITLE = 0x00018010;
  private static final int FILE_DATA = 0x0006800F;
  private static final int FILE_PROPERTIES = 0x00069005;
  private static final int CODE_PAGE = 0x00069007;

  /** Where the files go. */
  interface Files {
    StoredAttachment store(InputStream content) throws IOException;

    void add(
        @Nullable String name,
        @Nullable String contentType,
        @Nullable String contentId,
        StoredAttachment stored)
        throws IOException;
  }

  private final Reader in;
  private final Files files;
  private final int depth;
  private String codePage = "windows-1252";
  private @Nullable String subject;
  private @Nullable String text;
  private @Nullable String html;
  private @Nullable TextBody rich;
  private @Nullable StoredAttachment stored;
  private @Nullable String name;
  private @Nullable String contentType;
  private @Nullable String contentId;

  private Tnef(InputStream in, Files files, int depth) {
    this.in = new Reader(in);
    this.files = files;
    this.depth = depth;
  }

  /**
   * Reads as far as it is whole.
   *
   * @return the text; null when it is no such file
   * @throws IOException of the sink
   */
  static @Nullable TextBody read(InputStream content, Files files) throws IOException {
    Tnef tnef = new Tnef(content, files, 0);
    return tnef.read() ? tnef.body() : null;
  }

  private TextBody body() {
    String rtfHtml = rich == null ? null : rich.html();
    String rtfText = rich == null ? null : rich.text();
    return new TextBody(text != null ? text : rtfText, html != null ? html : rtfHtml);
  }

  private boolean read() throws IOException {
    try {
      if (in.number() != SIGNATURE) {
        return false;
      }
      in.skip(2);
      while (attribute()) {
        // goes on with the next one
      }
    } catch (EOFException e) {
      // what came so far is taken
    }
    finishFile();
    return true;
  }

  private boolean attribute() throws IOException {
    int level = in.read();
    if (level != 1 && level != 2) {
      return false;
    }
    int id = in.number();
    long length = in.number() & 0xFFFFFFFFL;
    Part part = in.part(length);
    switch (id) {
      case CODE_PAGE -> codePage = "windows-" + new Reader(part).number();
      case SUBJECT -> subject = string(part.readNBytes(MAX_NAME));
      case BODY -> text = text == null ? string(part.readNBytes(MAX_TEXT)) : text;
      case PROPERTIES -> properties(part);
      case FILE -> finishFile();
      case FILE_TITLE -> name = name == null ? string(part.readNBytes(MAX_NAME)) : name;
      case FILE_DATA -> stored = files.store(part);
      case FILE_PROPERTIES -> properties(part);
      default -> {
        // nothing for people
      }
    }
    part.finish();
    in.skip(2);
    return true;
  }

  private void finishFile() throws IOException {
    if (stored != null) {
      files.add(name, contentType, contentId, stored);
    }
    stored = null;
    name = null;
    contentType = null;
    contentId = null;
  }

  private String string(byte[] bytes) {
    int end = 0;
    while (end < bytes.length && bytes[end] != 0) {
      end++;
    }
    return MailCharset.decode(Arrays.copyOf(bytes, end), codePage);
  }

  private void properties(Part part) throws IOException {
    Reader reader = new Reader(part);
    int count = Math.clamp(reader.number(), 0, MAX_PROPERTIES);
    for (int i = 0; i < count; i++) {
      property(reader);
    }
  }

  private void property(Reader reader) throws IOException {
    int type = reader.shortNumber();
    int id = reader.shortNumber();
    if (id >= 0x8000) {
      reader.skip(16);
      int kind = reader.number();
      reader.skip(kind == 0 ? 4 : padded(reader.number() & 0xFFFFFFFFL));
    }
    boolean several = (type & 0x1000) != 0;
    int base = type & 0xEFFF;
    boolean sized = base == 0x1E || base == 0x1F || base == 0x102 || base == 0x0D;
    int values = several || sized ? reader.number() : 1;
    for (int i = 0; i < Math.clamp(values, 0, MAX_PROPERTIES); i++) {
      if (!sized) {
        reader.skip(
            switch (base) {
              case 0x05, 0x06, 0x07, 0x14, 0x40 -> 8;
              case 0x48 -> 16;
              default -> 4;
            });
      } else {
        long length = reader.number() & 0xFFFFFFFFL;
        Part value = reader.part(length);
        value(id, base, value);
        value.finish();
        reader.skip(padded(length) - length);
      }
    }
  }

  private static long padded(long length) {
    return length + 3 & ~3L;
  }

  private void value(int id, int type, Part value) throws IOException {
    switch (id) {
      case 0x0037 -> subject = subject == null ? words(type, value) : subject;
      case 0x1000 -> text = words(type, value);
      case 0x1013 ->
          html =
              type == 0x1F
                  ? words(type, value)
                  : MailCharset.decodeHtml(value.readNBytes(MAX_TEXT), codePage);
      case 0x1009 -> rich = Rtf.read(value.readNBytes(MAX_TEXT));
      case 0x3707 -> name = words(type, value);
      case 0x3704 -> name = name == null ? words(type, value) : name;
      case 0x370E -> contentType = words(type, value);
      case 0x3712 -> contentId = words(type, value);
      case 0x3701 -> data(type, value);
      default -> {
        // nothing for people
      }
    }
  }

  private String words(int type, Part value) throws IOException {
    byte[] bytes = value.readNBytes(MAX_TEXT);
    if (type != 0x1F) {
      return string(bytes);
    }
    String words = new String(bytes, StandardCharsets.UTF_16LE);
    int end = words.indexOf('\0');
    return end < 0 ? words : words.substring(0, end);
  }

  /** A file, or a message that was attached to this one: its text becomes a file. */
  private void data(int type, Part value) throws IOException {
    if (type != 0x0D) {
      stored = files.store(value);
      return;
    }
    value.skipNBytes(Math.min(16, value.left()));
    Tnef message = new Tnef(value, files, depth + 1);
    if (depth + 1 > MAX_DEPTH || !message.read()) {
      return;
    }
    TextBody body = message.body();
    boolean rich = body.html() != null;
    String words = body.html() != null ? body.html() : body.text();
    if (words != null && !words.isBlank()) {
      byte[] bytes = words.getBytes(StandardCharsets.UTF_8);
      String written = rich ? "text/html" : "text/plain";
      files.add(
          FileName.ofSubject(message.subject, written),
          written,
          null,
          files.store(new ByteArrayInputStream(bytes)));
    }
  }

  /** Numbers stand with their lowest byte first. */
  private static final class Reader {
    private final InputStream in;

    Reader(InputStream in) {
      this.in = in;
    }

    int read() throws IOException {
      return in.read();
    }

    int shortNumber() throws IOException {
      byte[] bytes = bytes(2);
      return (bytes[0] & 0xFF) | (bytes[1] & 0xFF) << 8;
    }

    int number() throws IOException {
      byte[] bytes = bytes(4);
      return (bytes[0] & 0xFF)
          | (bytes[1] & 0xFF) << 8
          | (bytes[2] & 0xFF) << 16
          | (bytes[3] & 0xFF) << 24;
    }

    private byte[] bytes(int count) throws IOException {
      byte[] bytes = in.readNBytes(count);
      if (bytes.length < count) {
        throw new EOFException();
      }
      return bytes;
    }

    void skip(long count) throws IOException {
      in.skipNBytes(count);
    }

    Part part(long length) {
      return new Part(in, length);
    }
  }

  /** So many bytes of what it lies in. */
  private static final class Part extends FilterInputStream {
    private long left;

    Part(InputStream in, long length) {
      super(in);
      this.left = length;
    }

    long left() {
      return left;
    }

    void finish() throws IOException {
      in.skipNBytes(left);
      left = 0;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      int count = read(one, 0, 1);
      return count < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      if (left == 0) {
        return -1;
      }
      int count = in.read(buffer, offset, (int) Math.min(length, left));
      left = count < 0 ? 0 : left - count;
      return count;
    }

    @Override
    public long skip(long count) throws IOException {
      byte[] skipped = new byte[(int) Math.clamp(count, 0, 8_192)];
      return Math.max(0, read(skipped, 0, skipped.length));
    }

    @Override
    public void close() {
      // what it lies in goes on
    }
  }
}
