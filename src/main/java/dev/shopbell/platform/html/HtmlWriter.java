package dev.shopbell.platform.html;

import org.jsoup.Jsoup;
import org.jsoup.nodes.CDataNode;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.parser.Parser;
import org.jspecify.annotations.Nullable;

/**
 * Writes a parsed document anew from what a policy admits. A tag, an attribute or a byte that the
 * policy does not name cannot get through, because nothing is copied.
 */
final class HtmlWriter {
  static final int MAX_INPUT = 2_000_000;
  private static final int MAX_OUTPUT = 4_000_000;
  private static final int MAX_DEPTH = 200;

  /** What a kind of document may hold. */
  interface Policy {
    /** Whether the element goes with everything in it. */
    boolean drops(Element element);

    /** The tag to write, or null when only the content of the element stays. */
    @Nullable String tag(Element element);

    /**
     * Writes the attributes of an admitted element.
     *
     * @return false when the element is worth nothing without the attributes that were refused
     */
    boolean attributes(Element element, String tag, HtmlWriter out);
  }

  private final Policy policy;
  private final StringBuilder out;

  private HtmlWriter(Policy policy, int size) {
    this.policy = policy;
    this.out = new StringBuilder(size);
  }

  static Document parse(String html) {
    String cut = PlainText.cut(html, MAX_INPUT);
    return Jsoup.parse(cut, "", Parser.htmlParser().setMaxDepth(MAX_DEPTH + 50));
  }

  static String write(Document document, Policy policy, int expectedSize) {
    HtmlWriter writer = new HtmlWriter(policy, Math.min(expectedSize, MAX_OUTPUT) + 16);
    Element body = document.body();
    String tag = policy.tag(body);
    if (tag != null) {
      writer.element(body, tag, 1);
    } else {
      writer.children(body, 0);
    }
    return writer.out.toString().strip();
  }

  private void children(Element parent, int depth) {
    for (int i = 0; i < parent.childNodeSize() && out.length() < MAX_OUTPUT; i++) {
      Node child = parent.childNode(i);
      if (child instanceof TextNode text && !(child instanceof CDataNode)) {
        text(text.getWholeText());
      } else if (child instanceof Element element
          && element.tag().namespace().equals(Parser.NamespaceHtml)
          && !policy.drops(element)) {
        String tag = depth < MAX_DEPTH ? policy.tag(element) : null;
        if (tag == null) {
          children(element, depth);
        } else {
          element(element, tag, depth + 1);
        }
      }
    }
  }

  private void element(Element element, String tag, int depth) {
    int start = out.length();
    out.append('<').append(tag);
    if (!policy.attributes(element, tag, this)) {
      out.setLength(start);
      return;
    }
    out.append('>');
    if (isVoid(tag)) {
      return;
    }
    int content = out.length();
    children(element, depth);
    if (tag.equals("pre") && content < out.length() && out.charAt(content) == '\n') {
      // A parser drops the first line end of a pre.
      out.insert(content, '\n');
    }
    out.append("</").append(tag).append('>');
  }

  private static boolean isVoid(String tag) {
    return switch (tag) {
      case "br", "hr", "img", "col", "wbr" -> true;
      default -> false;
    };
  }

  /** The policy's word for the attribute, which is never the mail's. */
  void attribute(String name, @Nullable String value) {
    if (value != null) {
      out.append(' ').append(name).append("=\"");
      for (int i = 0; i < value.length(); i++) {
        char c = value.charAt(i);
        if (c == '"') {
          out.append("&quot;");
        } else if (c == '\n' || c == '\t' || c == '\r') {
          out.append(' ');
        } else {
          i = character(value, i);
        }
      }
      out.append('"');
    }
  }

  private void text(String text) {
    for (int i = plain(text, 0); i < text.length(); i = plain(text, i + 1)) {
      char c = text.charAt(i);
      if (c == '\t') {
        out.append(c);
      } else if (c == '\r') {
        out.append(i + 1 < text.length() && text.charAt(i + 1) == '\n' ? "" : "\n");
      } else {
        i = character(text, i);
      }
    }
  }

  /** Writes what stands for itself from there on, and returns where that ends. */
  private int plain(String text, int from) {
    int end = from;
    while (end < text.length() && isPlain(text.charAt(end))) {
      end++;
    }
    out.append(text, from, end);
    return end;
  }

  private static boolean isPlain(char c) {
    return (c >= ' ' && c < 0x7F && c != '&' && c != '<' && c != '>') || c == '\n';
  }

  private int character(String text, int i) {
    char c = text.charAt(i);
    switch (c) {
      case '&' -> out.append("&amp;");
      case '<' -> out.append("&lt;");
      case '>' -> out.append("&gt;");
      default -> {
        if (Character.isHighSurrogate(c)
            && i + 1 < text.length()
            && Character.isLowSurrogate(text.charAt(i + 1))) {
          out.append(c).append(text.charAt(i + 1));
          return i + 1;
        }
        if (Character.isSurrogate(c)) {
          out.append('\uFFFD');
        } else if (!Character.isISOControl(c)) {
          out.append(c);
        }
      }
    }
    return i;
  }
}
