package dev.shopbell.channels.email;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the Rich Text Format as Outlook uses it for mail: unpacks it (MS-OXRTFCP), and takes out
 * the HTML that it wraps (MS-OXRTFEX) or else its words.
 */
final class Rtf {
  private static final int MAX_UNPACKED = 4_000_000;
  private static final int COMPRESSED = 0x75465A4C;
  private static final int PLAIN = 0x414C454D;
  private static final byte[] DICTIONARY =
      ("{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss "
              + "\\fmodern \\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier"
              + "{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx")
          .getBytes(StandardCharsets.US_ASCII);

  /** Groups that hold no words. */
  private static final Set<String> SILENT =
      Set.of(
          "fonttbl",
          "colortbl",
          "stylesheet",
          "info",
          "pict",
          "object",
          "header",
          "footer",
          "listtable",
          "listoverridetable",
          "rsidtbl",
          "generator",
          "themedata",
          "pntext",
          "fldinst",
          "xmlnstbl",
          "mmathPr",
          "datastore",
          "latentstyles");

  private record Group(boolean silent, boolean tag, boolean hidden, int skip) {}

  private final String rtf;
  private final boolean wrapsHtml;
  private final StringBuilder out;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final Deque<Group> open = new ArrayDeque<>();
  private Charset charset = Charset.forName("windows-1252");
  private Group group = new Group(false, false, false, 1);
  private int skip;
  private int at;

  private Rtf(String rtf) {
    this.rtf = rtf;
    this.wrapsHtml = rtf.substring(0, Math.min(2_000, rtf.length())).contains("\\fromhtml");
    this.out = new StringBuilder(rtf.length() / 2);
  }

  /** The HTML or the words; null when the bytes are no packed RTF. */
  static @Nullable TextBody read(byte[] packed) {
    byte[] rtf = unpacked(packed);
    if (rtf == null) {
      return null;
    }
    Rtf reader = new Rtf(new String(rtf, StandardCharsets.ISO_8859_1));
    String text = reader.read();
    return reader.wrapsHtml ? new TextBody(null, text) : new TextBody(text.strip(), null);
  }

  private static byte @Nullable [] unpacked(byte[] packed) {
    if (packed.length < 16) {
      return null;
    }
    int magic = number(packed, 8);
    if (magic == PLAIN) {
      return Arrays.copyOfRange(packed, 16, packed.length);
    }
    if (magic != COMPRESSED) {
      return null;
    }
    byte[] window = new byte[4096];
    System.arraycopy(DICTIONARY, 0, window, 0, DICTIONARY.length);
    int write = DICTIONARY.length;
    ByteArrayOutputStream out = new ByteArrayOutputStream(packed.length * 3);
    int at = 16;
    while (at < packed.length && out.size() < MAX_UNPACKED) {
      int flags = packed[at++];
      for (int bit = 0; bit < 8 && at < packed.length; bit++) {
        if ((flags >> bit & 1) == 0) {
          window[write] = packed[at];
          write = write + 1 & 4095;
          out.write(packed[at++]);
          continue;
        }
        if (at + 1 >= packed.length) {
          return out.toByteArray();
        }
        int reference = (packed[at] & 0xFF) << 8 | (packed[at + 1] & 0xFF);
        at += 2;
        int from = reference >> 4;
        if (from == write) {
          return out.toByteArray();
        }
        for (int i = (reference & 15) + 2; i > 0; i--) {
          window[write] = window[from];
          out.write(window[from]);
          write = write + 1 & 4095;
          from = from + 1 & 4095;
        }
      }
    }
    return out.toByteArray();
  }

  private static int number(byte[] bytes, int at) {
    return (bytes[at] & 0xFF)
        | (bytes[at + 1] & 0xFF) << 8
        | (bytes[at + 2] & 0xFF) << 16
        | (bytes[at + 3] & 0xFF) << 24;
  }

  private String read() {
    while (at < rtf.length()) {
      char c = rtf.charAt(at++);
      switch (c) {
        case '{' -> open.push(group);
        case '}' -> {
          flush();
          group = open.isEmpty() ? group : open.pop();
          skip = 0;
        }
        case '\\' -> control();
        case '\r', '\n' -> {
          // only the source is broken there
        }
        default -> letter(c);
      }
    }
    flush();
    return out.toString();
  }

  private void letter(char c) {
    if (skip > 0) {
      skip--;
    } else {
      bytes.write(c);
    }
  }

  private void flush() {
    if (bytes.size() > 0) {
      append(new String(bytes.toByteArray(), charset));
      bytes.reset();
    }
  }

  private void append(String text) {
    if (!group.silent() && (!wrapsHtml || group.tag() || (!group.hidden() && isInBody()))) {
      out.append(text);
    }
  }

  /** Of RTF that wraps HTML the start is there for readers of RTF alone. */
  private boolean isInBody() {
    return !out.isEmpty();
  }

  private void control() {
    if (at >= rtf.length()) {
      return;
    }
    char c = rtf.charAt(at++);
    if (c == '\'') {
      int hex = HeaderText.hex(rtf, at);
      at = Math.min(rtf.length(), at + 2);
      letter((char) Math.max(hex, 0));
    } else if (Character.isLetter(c)) {
      int from = at - 1;
      while (at < rtf.length() && Character.isLetter(rtf.charAt(at))) {
        at++;
      }
      word(rtf.substring(from, at), parameter());
    } else if (c == '*') {
      flush();
      group = new Group(true, false, group.hidden(), group.skip());
    } else if (c == '~') {
      word("~", 0);
    } else if (c == '\\' || c == '{' || c == '}') {
      letter(c);
    }
  }

  private int parameter() {
    int from = at;
    if (at < rtf.length() && rtf.charAt(at) == '-') {
      at++;
    }
    while (at < rtf.length() && at - from < 11 && Character.isDigit(rtf.charAt(at))) {
      at++;
    }
    String digits = rtf.substring(from, at);
    if (at < rtf.length() && rtf.charAt(at) == ' ') {
      at++;
    }
    try {
      return digits.isEmpty() ? Integer.MIN_VALUE : Integer.parseInt(digits);
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  private void word(String word, int parameter) {
    switch (word) {
      case "ansicpg" -> codePage(parameter);
      case "uc" -> group = new Group(group.silent(), group.tag(), group.hidden(), parameter);
      case "u" -> {
        flush();
        append(String.valueOf((char) parameter));
        skip = Math.clamp(group.skip(), 0, 8);
      }
      case "htmltag" -> {
        flush();
        group = new Group(false, wrapsHtml, group.hidden(), group.skip());
      }
      case "htmlrtf" -> {
        flush();
        group = new Group(group.silent(), group.tag(), parameter != 0, group.skip());
      }
      case "par", "line", "row", "page", "sect" -> sign("\n");
      case "tab", "cell" -> sign("\t");
      case "~" -> sign("\u00A0");
      case "lquote" -> sign("‘");
      case "rquote" -> sign("’");
      case "ldblquote" -> sign("“");
      case "rdblquote" -> sign("”");
      case "endash" -> sign("–");
      case "emdash" -> sign("—");
      case "bullet" -> sign("•");
      case "bin" -> at = (int) Math.min(rtf.length(), at + (long) Math.max(parameter, 0));
      default -> {
        if (SILENT.contains(word)) {
          flush();
          group = new Group(true, group.tag(), group.hidden(), group.skip());
        }
      }
    }
  }

  private void sign(String text) {
    flush();
    append(text);
  }

  private void codePage(int number) {
    try {
      charset = number == 65001 ? StandardCharsets.UTF_8 : Charset.forName("cp" + number);
    } catch (IllegalArgumentException e) {
      // the usual one stays
    }
  }
}
