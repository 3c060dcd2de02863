package dev.shopbell.channels.email;

import dev.shopbell.platform.html.HtmlText;
import dev.shopbell.platform.html.PlainText;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.TextNode;
import org.jspecify.annotations.Nullable;

/**
 * Finds in the HTML of a mail what mail programs themselves mark as quoted history or signature,
 * and turns it into marks on lines of their own, which {@link OwnText} reads.
 */
final class QuotedHtml {
  /** Stands where a quote was. */
  static final char QUOTE = '\uE000';

  /** From here to the end all is history. */
  static final char HISTORY = '\uE001';

  /** Around an indented block that is a quote only if the line above introduces one. */
  static final char INDENT_START = '\uE002';

  static final char INDENT_END = '\uE003';

  /** From here to the end stands what the author forwards. */
  static final char FORWARD = '\uE004';

  private static final Set<String> QUOTE_CLASSES =
      Set.of(
          "gmail_attr",
          "gmail_quote_container",
          "yahoo_quoted",
          "moz-cite-prefix",
          "protonmail_quote",
          "tutanota_quote",
          "zmail_extra",
          "zmail_extra_hr",
          "appleoriginalcontents",
          "front-blockquote",
          "mailspring-quote",
          "qmbox");

  private static final Set<String> QUOTE_IDS =
      Set.of(
          "olk_src_body_section",
          "mail-editor-reference-message-container",
          "reply-intro",
          "isreplycontent",
          "mailbirdquote",
          "quoted-text");

  private static final Set<String> HISTORY_IDS =
      Set.of("divrplyfwdmsg", "appendonsend", "stopspelling", "zwchr", "docs-internal-history");

  private static final Set<String> SIGNATURE_CLASSES =
      Set.of(
          "gmail_signature",
          "gmail_signature_prefix",
          "moz-signature",
          "protonmail_signature_block",
          "signature_block");

  private static final Set<String> SIGNATURE_IDS =
      Set.of(
          "signature",
          "ms-outlook-mobile-signature",
          "composer_signature",
          "applemailsignature",
          "ymail_android_signature",
          "ymail_ios_signature",
          "lightmailsignature");

  /** The rule above the header lines that Outlook writes, in all its spellings. */
  private static final Pattern OUTLOOK_RULE =
      Pattern.compile(
          "border-top:\\s*(solid|#[0-9a-f]{6}|[0-9.]+pt)[^;]{1,40}(pt|solid)",
          Pattern.CASE_INSENSITIVE);

  private static final int LABELS_WITHIN = 60;
  private static final int FORWARD_WITHIN = 400;

  private enum Role {
    NONE,
    QUOTE,
    HISTORY,
    INDENT,
    SIGNATURE,
    FORWARD
  }

  private boolean found;
  private boolean forwards;

  private QuotedHtml() {}

  /** The text with marks in place of quotes; null when the HTML marks none. */
  static @Nullable String marked(String html) {
    Document document = HtmlText.parse(withoutMarks(html));
    QuotedHtml quoted = new QuotedHtml();
    quoted.visit(document.body());
    return quoted.found ? HtmlText.of(document.body()) : null;
  }

  static boolean isMark(char c) {
    return c >= QUOTE && c <= FORWARD;
  }

  static String withoutMarks(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (isMark(text.charAt(i))) {
        return text.replaceAll("[\uE000-\uE004]", "");
      }
    }
    return text;
  }

  private void visit(Element parent) {
    for (Element element : parent.children()) {
      if (forwards) {
        return;
      }
      Role role = role(element);
      if ((role == Role.QUOTE || role == Role.INDENT) && isForward(element)) {
        role = Role.FORWARD;
      }
      found |= role != Role.NONE;
      switch (role) {
        case NONE -> visit(element);
        case QUOTE -> element.replaceWith(mark(QUOTE));
        case SIGNATURE -> element.remove();
        case HISTORY -> {
          element.before(mark(HISTORY));
          return;
        }
        case FORWARD -> {
          forwards = true;
          element.before(mark(FORWARD));
          if (element.normalName().equals("blockquote")) {
            element.tagName("div");
          }
        }
        case INDENT -> {
          element.before(mark(INDENT_START));
          element.after(mark(INDENT_END));
          element.tagName("div");
        }
      }
    }
  }

  /** Programs put what is forwarded into the same containers as what is answered. */
  private static boolean isForward(Element element) {
    StringBuilder start = new StringBuilder();
    element.traverse((node, depth) -> {
      if (start.length() < FORWARD_WITHIN) {
        if (node instanceof TextNode text) {
          start.append(PlainText.cut(text.getWholeText().strip(), FORWARD_WITHIN));
        } else if (!start.isEmpty() && node instanceof Element part && part.isBlock()
            || node.nameIs("br")) {
          start.append('\n');
        }
      }
    });
    List<String> lines =
        start.toString().lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    return !lines.isEmpty() && HistoryMark.startsForward(lines, 0);
  }

  private static Element mark(char mark) {
    return new Element("p").text(String.valueOf(mark));
  }

  private static Role role(Element element) {
    String name = element.normalName();
    String id = bare(element.id());
    if (HISTORY_IDS.contains(id)) {
      return Role.HISTORY;
    }
    if (QUOTE_IDS.contains(id)) {
      return Role.QUOTE;
    }
    if (SIGNATURE_IDS.contains(id)) {
      return Role.SIGNATURE;
    }
    Role byClass = element.hasAttr("class") ? roleOfClasses(element) : Role.NONE;
    if (byClass != Role.NONE) {
      return byClass;
    }
    if (name.equals("blockquote")) {
      boolean cites = element.attr("type").equalsIgnoreCase("cite") || element.hasAttr("cite");
      return cites ? Role.QUOTE : Role.INDENT;
    }
    if (name.equals("div") && element.attr("name").equalsIgnoreCase("quote")) {
      return Role.QUOTE;
    }
    return isOutlookHeader(element) ? Role.HISTORY : Role.NONE;
  }

  private static Role roleOfClasses(Element element) {
    for (String given : element.classNames()) {
      String name = given.toLowerCase(Locale.ROOT);
      if (name.equals("gmail_quote")) {
        boolean opened =
            !element.normalName().equals("blockquote") && element.selectFirst("blockquote") != null;
        return opened ? Role.NONE : Role.QUOTE;
      }
      if (name.equals("gmail_quote_container") && element.selectFirst("blockquote") != null) {
        return Role.NONE;
      }
      if (name.equals("moz-forward-container")) {
        return Role.FORWARD;
      }
      if (QUOTE_CLASSES.contains(name) || name.endsWith("yahoo_quoted")) {
        return Role.QUOTE;
      }
      if (name.equals("outlookmessageheader")) {
        return Role.HISTORY;
      }
      if (SIGNATURE_CLASSES.contains(name)) {
        return Role.SIGNATURE;
      }
    }
    return Role.NONE;
  }

  private static boolean isOutlookHeader(Element element) {
    String style = element.attr("style");
    if (style.isEmpty() || !OUTLOOK_RULE.matcher(style).find()) {
      return false;
    }
    long labels =
        element.stream()
            .limit(LABELS_WITHIN)
            .filter(part -> part.normalName().matches("b|strong"))
            .filter(part -> part.text().strip().matches(".{1,30}[:\uFF1A]"))
            .limit(3)
            .count();
    return labels >= 2;
  }

  /**
   * Without the marks that a program puts on the identifiers of mails it quotes, and on its own.
   */
  private static String bare(String id) {
    String bare = id.toLowerCase(Locale.ROOT);
    bare = bare.startsWith("x_") ? bare.substring(2) : bare;
    return bare.startsWith("yiv") || bare.startsWith("zwchr")
        ? bare.replaceFirst("zwchr.*", "zwchr")
        : bare;
  }
}
