package dev.shopbell.platform.html;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/** What of a stranger's HTML may be shown. Whatever is not named here is left out. */
final class IncomingHtml implements HtmlWriter.Policy {
  private static final Set<String> TAGS =
      Set.of(
          "a",
          "abbr",
          "address",
          "article",
          "aside",
          "b",
          "bdi",
          "bdo",
          "big",
          "blockquote",
          "br",
          "caption",
          "center",
          "cite",
          "code",
          "col",
          "colgroup",
          "dd",
          "del",
          "dfn",
          "div",
          "dl",
          "dt",
          "em",
          "figcaption",
          "figure",
          "font",
          "footer",
          "h1",
          "h2",
          "h3",
          "h4",
          "h5",
          "h6",
          "header",
          "hr",
          "i",
          "img",
          "ins",
          "kbd",
          "li",
          "main",
          "mark",
          "ol",
          "p",
          "pre",
          "q",
          "s",
          "samp",
          "section",
          "small",
          "span",
          "strike",
          "strong",
          "sub",
          "sup",
          "table",
          "tbody",
          "td",
          "tfoot",
          "th",
          "thead",
          "tr",
          "tt",
          "u",
          "ul",
          "var",
          "wbr");

  /** Elements whose content is no text for a reader, or is read by other rules than HTML's. */
  private static final Set<String> DROPPED =
      Set.of(
          "applet",
          "area",
          "audio",
          "base",
          "canvas",
          "datalist",
          "embed",
          "frame",
          "frameset",
          "head",
          "iframe",
          "input",
          "keygen",
          "link",
          "map",
          "math",
          "meta",
          "noembed",
          "noframes",
          "noscript",
          "object",
          "optgroup",
          "option",
          "param",
          "script",
          "select",
          "source",
          "style",
          "svg",
          "template",
          "textarea",
          "title",
          "track",
          "video",
          "xml");

  private static final Set<String> CELLS = Set.of("td", "th", "tr", "tbody", "thead", "tfoot");
  private static final Map<String, Set<String>> ALIGNMENTS =
      Map.of(
          "align", Set.of("left", "right", "center", "justify", "middle", "top", "bottom"),
          "valign", Set.of("top", "middle", "bottom", "baseline"));

  private static final Pattern SIZE =
      Pattern.compile("\\s*(\\d{1,4})(?:\\.\\d{1,6})?\\s*(px|%)?\\s*");
  private static final Pattern NUMBER = Pattern.compile("\\s*(\\d{1,4})\\s*(?:px)?\\s*");
  private static final Pattern COLOR = Pattern.compile("#?[0-9a-f]{3}|#?[0-9a-f]{6}|[a-z]{3,24}");
  private static final Pattern FACE = Pattern.compile("[\\p{L}\\p{N} ,_-]{1,100}");
  private static final Pattern LANGUAGE =
      Pattern.compile("[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8}){0,4}");
  private static final int MAX_TITLE = 500;
  private static final int MAX_INLINE_DATA = 3_000_000;

  private final Function<String, @Nullable String> inlineImage;
  private String lastStyleText = "";
  private InlineStyle lastStyle = InlineStyle.parse("");
  private int remoteImages;
  private int inlineData;

  /**
   * @param inlineImage the address of the attachment with a Content-ID, null when there is none;
   *     what it returns is written as it is
   */
  IncomingHtml(Function<String, @Nullable String> inlineImage) {
    this.inlineImage = inlineImage;
  }

  int remoteImages() {
    return remoteImages;
  }

  /** An element is asked several times in a row: its style is read once. */
  private InlineStyle style(String text) {
    if (!text.equals(lastStyleText)) {
      lastStyleText = text;
      lastStyle = InlineStyle.parse(text);
    }
    return lastStyle;
  }

  @Override
  public boolean drops(Element element) {
    return DROPPED.contains(element.normalName())
        || element.hasAttr("hidden")
        || (element.hasAttr("style") && style(element.attr("style")).hides());
  }

  @Override
  public @Nullable String tag(Element element) {
    String name = element.normalName();
    if (name.equals("body")) {
      // Its colours belong to the text: white on black must not become white on white.
      return element.hasAttr("bgcolor") || element.hasAttr("text") || !style(element).isEmpty()
          ? "div"
          : null;
    }
    return TAGS.contains(name) ? name : null;
  }

  @Override
  public boolean attributes(Element element, String tag, HtmlWriter out) {
    String direction = element.attr("dir").toLowerCase(Locale.ROOT);
    out.attribute("dir", Set.of("ltr", "rtl", "auto").contains(direction) ? direction : null);
    out.attribute("lang", matched(LANGUAGE, element.attr("lang")));
    String title = PlainText.oneLine(element.attr("title"));
    out.attribute("title", title.isEmpty() ? null : PlainText.cut(title, MAX_TITLE));
    String style = style(element);
    out.attribute("style", style.isEmpty() ? null : style);
    switch (tag) {
      case "a" -> link(element, out);
      case "img" -> {
        return image(element, out);
      }
      case "font" -> font(element, out);
      case "ol", "ul", "li" -> list(element, tag, out);
      case "table", "col", "colgroup", "hr" -> box(element, tag, out);
      case "div", "p", "h1", "h2", "h3", "h4", "h5", "h6", "caption" ->
          align(element, out, "align");
      default -> {
        if (CELLS.contains(tag)) {
          box(element, tag, out);
        }
      }
    }
    return true;
  }

  private String style(Element element) {
    String style = element.hasAttr("style") ? element.attr("style") : "";
    if (element.normalName().equals("body")) {
      String ground = color(element.attr("bgcolor"));
      String text = color(element.attr("text"));
      style =
          (ground == null ? "" : "background-color:" + ground + ";")
              + (text == null ? "" : "color:" + text + ";")
              + style;
    }
    return style.isEmpty() ? "" : style(style).admitted();
  }

  private static void link(Element element, HtmlWriter out) {
    String href = SafeUrl.link(element.attr("href"));
    if (href != null) {
      out.attribute("href", href);
      out.attribute("target", "_blank");
      out.attribute("rel", "noopener noreferrer nofollow");
    }
  }

  private boolean image(Element element, HtmlWriter out) {
    String source = element.attr("src").strip();
    String shown = null;
    String remote = null;
    if (source.regionMatches(true, 0, "cid:", 0, 4)) {
      String contentId = contentId(source.substring(4));
      shown = contentId.isEmpty() ? null : inlineImage.apply(contentId);
    } else if (source.regionMatches(true, 0, "data:", 0, 5)) {
      shown = SafeUrl.rasterData(source);
      inlineData += shown == null ? 0 : shown.length();
      shown = inlineData > MAX_INLINE_DATA ? null : shown;
    } else {
      remote = SafeUrl.web(source.isEmpty() ? element.attr("data-remote-image") : source);
    }
    String alternative = PlainText.oneLine(element.attr("alt"));
    if (shown == null && remote == null && alternative.isEmpty()) {
      return false;
    }
    remoteImages += remote == null ? 0 : 1;
    out.attribute("src", shown);
    out.attribute("data-remote-image", remote);
    out.attribute("alt", PlainText.cut(alternative, MAX_TITLE));
    size(element, out, "width");
    size(element, out, "height");
    number(element, out, "border", 20);
    align(element, out, "align");
    return true;
  }

  private static String contentId(String encoded) {
    String id = PlainText.oneLine(percentDecoded(encoded)).replace(" ", "");
    return id.startsWith("<") && id.endsWith(">") ? id.substring(1, id.length() - 1) : id;
  }

  private static void font(Element element, HtmlWriter out) {
    out.attribute("color", color(element.attr("color")));
    out.attribute("face", matched(FACE, element.attr("face")));
    out.attribute("size", matched(Pattern.compile("[+-]?[1-7]"), element.attr("size")));
  }

  private static void list(Element element, String tag, HtmlWriter out) {
    String type = element.attr("type").strip();
    boolean known = type.matches("[1aAiI]") || type.matches("(?i)disc|circle|square");
    out.attribute("type", known ? type : null);
    if (tag.equals("ol")) {
      number(element, out, "start", 9_999);
      out.attribute("reversed", element.hasAttr("reversed") ? "reversed" : null);
    } else if (tag.equals("li")) {
      number(element, out, "value", 9_999);
    }
  }

  private static void box(Element element, String tag, HtmlWriter out) {
    size(element, out, "width");
    align(element, out, "align");
    if (tag.equals("hr")) {
      number(element, out, "size", 50);
      return;
    }
    align(element, out, "valign");
    size(element, out, "height");
    out.attribute("bgcolor", color(element.attr("bgcolor")));
    switch (tag) {
      case "table" -> {
        number(element, out, "border", 20);
        number(element, out, "cellpadding", 100);
        number(element, out, "cellspacing", 100);
      }
      case "col", "colgroup" -> number(element, out, "span", 100);
      case "td", "th" -> {
        number(element, out, "colspan", 100);
        number(element, out, "rowspan", 1_000);
        out.attribute("nowrap", element.hasAttr("nowrap") ? "nowrap" : null);
      }
      default -> {
        // rows and their groups have no more
      }
    }
  }

  private static void align(Element element, HtmlWriter out, String name) {
    String value = element.attr(name).strip().toLowerCase(Locale.ROOT);
    out.attribute(name, ALIGNMENTS.getOrDefault(name, Set.of()).contains(value) ? value : null);
  }

  private static void size(Element element, HtmlWriter out, String name) {
    var matcher = SIZE.matcher(element.attr(name));
    if (matcher.matches()) {
      int number = Integer.parseInt(matcher.group(1));
      boolean percent = "%".equals(matcher.group(2));
      boolean fits = number <= (percent ? 100 : 2_000);
      out.attribute(name, fits ? number + (percent ? "%" : "") : null);
    }
  }

  private static void number(Element element, HtmlWriter out, String name, int most) {
    var matcher = NUMBER.matcher(element.attr(name));
    if (matcher.matches() && Integer.parseInt(matcher.group(1)) <= most) {
      out.attribute(name, Integer.toString(Integer.parseInt(matcher.group(1))));
    }
  }

  private static @Nullable String color(String value) {
    return matched(COLOR, value.strip().toLowerCase(Locale.ROOT));
  }

  private static @Nullable String matched(Pattern pattern, String value) {
    return pattern.matcher(value).matches() ? value : null;
  }

  private static String percentDecoded(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }
}
