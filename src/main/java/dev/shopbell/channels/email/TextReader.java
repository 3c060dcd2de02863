package dev.shopbell.channels.email;

import dev.shopbell.platform.html.PlainText;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the parts of a mail that are its text, all of them together within a limit. */
final class TextReader {
  static final int MAX_TEXT = 1_000_000;
  private static final int MAX_HTML = 2_000_000;

  /** What is read into a tree takes a hundred times the memory of a short tag. */
  private static final int MAX_TAGS = 60_000;

  private static final Pattern UU_BEGIN =
      Pattern.compile("(?m)^begin [0-7]{3,4} ([^\\n]{1,255})\\n(?=[^\\n]{5,64}\\n)");
  private static final Pattern ENRICHED =
      Pattern.compile("(?is)<param>.*?</param>|</?[a-z-]{1,60}>");

  private static final String CUT =
      "The text is longer than can be shown; it was cut, the original is whole.";

  private final Problems problems;
  private int textLeft = MAX_TEXT;
  private int htmlLeft = MAX_HTML;
  private int tagsLeft = MAX_TAGS;

  TextReader(Problems problems) {
    this.problems = problems;
  }

  /** Takes files that stand encoded within a text. */
  @FunctionalInterface
  interface Files {
    void take(String name, InputStream content) throws IOException;
  }

  static boolean isHtml(String contentType) {
    return contentType.equals("text/html") || contentType.equals("application/xhtml+xml");
  }

  TextBody read(
      String contentType,
      HeaderParameters type,
      InputStream raw,
      TransferEncoding encoding,
      Files files)
      throws IOException {
    boolean html = isHtml(contentType);
    int left = html ? htmlLeft : textLeft;
    byte[] bytes;
    try (ForgivingStream content = new ForgivingStream(encoding.text(raw, left))) {
      bytes = content.readNBytes(left);
      if (content.read() >= 0) {
        problems.add(CUT);
      }
    }
    String charset = type.get("charset");
    if (html) {
      htmlLeft -= bytes.length;
      return new TextBody(
          null, withinTags(PlainText.clean(MailCharset.decodeHtml(bytes, charset))));
    }
    textLeft -= bytes.length;
    String text = PlainText.clean(MailCharset.decode(bytes, charset));
    if (contentType.equals("text/enriched") || contentType.equals("text/richtext")) {
      text = ENRICHED.matcher(text).replaceAll("").replace("<<", "<");
    }
    boolean flowed = "flowed".equalsIgnoreCase(type.get("format"));
    text = flowed ? FlowedText.unwrap(text, "yes".equalsIgnoreCase(type.get("delsp"))) : text;
    return new TextBody(text.contains("begin ") ? withoutFiles(text, files) : text, null);
  }

  private String withinTags(String html) {
    for (int at = html.indexOf('<'); at >= 0; at = html.indexOf('<', at + 1)) {
      if (tagsLeft-- == 0) {
        tagsLeft = 0;
        problems.add(CUT);
        return html.substring(0, at);
      }
    }
    return html;
  }

  /** As mail carried files before MIME, and some programs still do. */
  private static String withoutFiles(String text, Files files) throws IOException {
    StringBuilder rest = new StringBuilder();
    Matcher begin = UU_BEGIN.matcher(text);
    int at = 0;
    while (begin.find(at)) {
      int end = end(text, begin.end());
      if (end < 0) {
        rest.append(text, at, begin.end());
        at = begin.end();
      } else {
        rest.append(text, at, begin.start());
        String encoded = text.substring(begin.end(), end);
        files.take(begin.group(1), new UuStream(asStream(encoded)));
        at = end;
      }
    }
    return rest.append(text, at, text.length()).toString();
  }

  private static InputStream asStream(String ascii) {
    return new ByteArrayInputStream(ascii.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Behind the line "end"; -1 when what is between is no encoded file. */
  private static int end(String text, int from) {
    int at = from;
    while (at < text.length()) {
      int next = text.indexOf('\n', at);
      String line = text.substring(at, next < 0 ? text.length() : next);
      at = next < 0 ? text.length() : next + 1;
      if (line.equals("end")) {
        return at;
      }
      if (!line.isBlank() && UuStream.line(line) == null) {
        return -1;
      }
    }
    return -1;
  }

  /** Whether the text itself says that it is encrypted or signed (RFC 9580, section 6.2). */
  static @Nullable String armour(String text) {
    int at = text.indexOf("-----BEGIN PGP ");
    if (at < 0 || (at > 0 && text.charAt(at - 1) != '\n')) {
      return null;
    }
    String kind = text.substring(at + 15, Math.min(text.length(), at + 40));
    return kind.startsWith("MESSAGE-----") || kind.startsWith("SIGNED MESSAGE-----")
        ? kind.substring(0, kind.indexOf('-'))
        : null;
  }
}
