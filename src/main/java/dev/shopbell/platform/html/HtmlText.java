package dev.shopbell.platform.html;

import java.util.Locale;
import java.util.Set;
import org.jsoup.nodes.CDataNode;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;

/**
 * Reads HTML aloud: plain text that keeps paragraphs, lists, quotes, links and the rows of tables.
 */
public final class HtmlText {
  private static final Set<String> SILENT =
      Set.of(
          "applet",
          "audio",
          "canvas",
          "datalist",
          "embed",
          "head",
          "iframe",
          "input",
          "link",
          "math",
          "meta",
          "noembed",
          "noframes",
          "noscript",
          "object",
          "option",
          "script",
          "select",
          "style",
          "svg",
          "template",
          "textarea",
          "title",
          "video",
          "xml");

  /**
   * Apart from what is around them by an empty line; other blocks only start on a line of their
   * own.
   */
  private static final Set<String> PARAGRAPHS =
      Set.of("p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "dl", "figure", "hr");

  private static final Set<String> LINES =
      Set.of(
          "address",
          "article",
          "aside",
          "body",
          "caption",
          "center",
          "dd",
          "details",
          "div",
          "dt",
          "fieldset",
          "figcaption",
          "footer",
          "form",
          "header",
          "legend",
          "li",
          "main",
          "nav",
          "ol",
          "section",
          "summary",
          "table",
          "tbody",
          "tfoot",
          "thead",
          "ul");

  private static final int MAX_URL = 1_000;
  private static final String INVISIBLE = "\u00AD\u034F\u200B\u2060\uFEFF";

  private final StringBuilder out = new StringBuilder();
  private String prefix = "";
  private String lastPrefix = "";
  private String bullet = "";
  private int lineEnds;
  private boolean space;
  private boolean inPre;
  private boolean tabular;
  private boolean cellEnds;

  private HtmlText() {}

  /** Lines end with \n; there is no empty line at the start or the end. */
  public static String of(String html) {
    return of(HtmlWriter.parse(html).body());
  }

  /** Reads HTML as a browser would, within limits on its size and depth. */
  public static Document parse(String html) {
    return HtmlWriter.parse(html);
  }

  public static String of(Element root) {
    HtmlText reader = new HtmlText();
    reader.children(root);
    return reader.out.toString().strip();
  }

  private void children(Element parent) {
    for (int i = 0; i < parent.childNodeSize(); i++) {
      Node child = parent.childNode(i);
      if (child instanceof TextNode text && !(child instanceof CDataNode)) {
        if (inPre) {
          preformatted(text.getWholeText());
        } else {
          words(text.getWholeText());
        }
      } else if (child instanceof Element element && !isSilent(element)) {
        element(element);
      }
    }
  }

  private static boolean isSilent(Element element) {
    return SILENT.contains(element.normalName())
        || element.hasAttr("hidden")
        || (element.hasAttr("style") && InlineStyle.parse(element.attr("style")).hides());
  }

  private void element(Element element) {
    String name = element.normalName();
    switch (name) {
      case "br" -> lineEnds = Math.min(lineEnds + 1, 2);
      case "hr" -> rule();
      case "img" -> words(element.attr("alt"));
      case "a" -> link(element);
      case "q" -> {
        words("\u201C");
        children(element);
        words("\u201D");
      }
      case "blockquote" -> within(element, "> ", 2);
      case "ul", "ol" -> list(element);
      case "dd" -> within(element, "  ", 1);
      case "pre" -> pre(element);
      case "tr" -> row(element);
      case "td", "th" -> cell(element);
      default -> {
        int apart =
            isLineOfList(element)
                ? 1
                : PARAGRAPHS.contains(name) ? 2 : LINES.contains(name) ? 1 : 0;
        apart(apart);
        children(element);
        apart(apart);
      }
    }
  }

  /** Editors wrap each line of a list in a paragraph. */
  private static boolean isLineOfList(Element element) {
    Element parent = element.parent();
    return element.normalName().equals("p")
        && parent != null
        && parent.normalName().equals("li")
        && parent.firstElementChild() == element;
  }

  private void apart(int ends) {
    if (ends > 0) {
      lineEnds = Math.max(lineEnds, ends);
      space = false;
      cellEnds = false;
    }
  }

  private void within(Element element, String mark, int ends) {
    apart(ends);
    String outer = prefix;
    prefix = outer + mark;
    children(element);
    prefix = outer;
    apart(ends);
  }

  private void rule() {
    apart(2);
    words("---");
    apart(2);
  }

  private void pre(Element element) {
    apart(2);
    boolean outer = inPre;
    inPre = true;
    children(element);
    inPre = outer;
    apart(2);
  }

  private void list(Element list) {
    boolean nested = list.parent() != null && list.closest("li") != null;
    apart(nested ? 1 : 2);
    boolean numbered = list.normalName().equals("ol");
    int number = start(list);
    String outer = prefix;
    for (Node child : list.childNodes()) {
      if (child instanceof Element item && item.normalName().equals("li") && !isSilent(item)) {
        apart(1);
        String mark = numbered ? number++ + ". " : "- ";
        bullet = bullet.isEmpty() ? mark : bullet + mark;
        prefix = outer + " ".repeat(mark.length());
        children(item);
        bullet = "";
        prefix = outer;
      } else if (child instanceof Element other && !isSilent(other)) {
        element(other);
      }
    }
    apart(nested ? 1 : 2);
  }

  private static int start(Element list) {
    String start = list.attr("start").strip();
    return start.matches("\\d{1,6}") ? Integer.parseInt(start) : 1;
  }

  private void row(Element row) {
    boolean outer = tabular;
    tabular = row.childrenSize() > 1 && isTabular(row);
    apart(1);
    children(row);
    apart(1);
    tabular = outer;
  }

  /** Cells of plain words stand in one line; cells that hold more are a layout and stand apart. */
  private void cell(Element cell) {
    if (!tabular) {
      apart(1);
      children(cell);
      apart(1);
      return;
    }
    int before = out.length();
    children(wrapped(cell));
    if (before < out.length()) {
      lineEnds = 0;
      cellEnds = true;
    }
    space = false;
  }

  private static boolean isTabular(Element row) {
    for (Element cell : row.children()) {
      for (Element part : wrapped(cell).children()) {
        String name = part.normalName();
        boolean breaks = PARAGRAPHS.contains(name) || LINES.contains(name);
        if (breaks || (name.equals("br") && part.nextElementSibling() != null)) {
          return false;
        }
      }
    }
    return true;
  }

  /** The content of a cell without the paragraph that wraps it. */
  private static Element wrapped(Element cell) {
    Element only = cell.childrenSize() == 1 ? cell.firstElementChild() : null;
    boolean wraps =
        only != null && (only.normalName().equals("p") || only.normalName().equals("div"));
    return only != null && wraps && cell.ownText().isBlank() ? only : cell;
  }

  private void link(Element element) {
    int before = out.length();
    children(element);
    String text = out.substring(Math.min(before, out.length())).strip();
    String url = SafeUrl.link(element.attr("href"));
    if (url != null && url.length() <= MAX_URL && !text.isEmpty() && !says(text, url)) {
      words(" <" + url + ">");
    }
  }

  private static boolean says(String text, String url) {
    return bare(text).equals(bare(url));
  }

  private static String bare(String url) {
    String bare = url.toLowerCase(Locale.ROOT).replaceFirst("^(https?://|mailto:|tel:)", "");
    bare = bare.replaceFirst("^www\\.", "").replaceFirst("\\?subject=.*", "");
    return bare.replaceAll("[\\s/]+$", "").replace(" ", "");
  }

  private void words(String text) {
    int length = text.length();
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f' || c == '\u00A0') {
        space = true;
      } else if (!isInvisible(text, i)) {
        startWord();
        out.append(c);
      }
    }
  }

  /** Fillers that newsletters put into previews; a non-joiner within a word is part of it. */
  private static boolean isInvisible(String text, int i) {
    char c = text.charAt(i);
    if (c == '\u200C') {
      return i == 0
          || i + 1 == text.length()
          || !Character.isLetter(text.charAt(i - 1))
          || !Character.isLetter(text.charAt(i + 1));
    }
    return INVISIBLE.indexOf(c) >= 0 || Character.isISOControl(c);
  }

  private void startWord() {
    boolean breaks = lineEnds > 0;
    endLine();
    if (cellEnds && !breaks && !out.isEmpty()) {
      out.append(" | ");
    } else if (space && !breaks && !atLineStart()) {
      out.append(' ');
    }
    cellEnds = false;
    space = false;
  }

  private boolean atLineStart() {
    return out.isEmpty() || out.charAt(out.length() - 1) == '\n';
  }

  /** Ends the line where a block asked for it, and starts the next with its marks. */
  private void endLine() {
    boolean starts = out.isEmpty();
    if (lineEnds == 0 && !starts) {
      return;
    }
    if (!starts) {
      for (int i = 1; i < lineEnds; i++) {
        out.append('\n').append(common(lastPrefix, prefix).stripTrailing());
      }
      out.append('\n');
    }
    lineEnds = 0;
    if (bullet.isEmpty()) {
      out.append(prefix);
    } else {
      out.append(prefix, 0, Math.max(0, prefix.length() - bullet.length())).append(bullet);
      bullet = "";
    }
    lastPrefix = prefix;
    space = false;
  }

  private static String common(String one, String other) {
    return one.startsWith(other) ? other : other.startsWith(one) ? one : "";
  }

  private void preformatted(String text) {
    String[] lines = text.replace("\r\n", "\n").replace('\r', '\n').split("\n", -1);
    for (int i = 0; i < lines.length; i++) {
      lineEnds += i > 0 ? 1 : 0;
      String line = PlainText.clean(lines[i]).stripTrailing();
      if (!line.isEmpty()) {
        startWord();
        out.append(line);
      }
    }
  }
}
