package dev.shopbell.platform.html;

import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/**
 * What agents may write: the marks of the editor and nothing that a mail client might trip over.
 */
final class OutgoingHtml implements HtmlWriter.Policy {
  private static final Map<String, String> TAGS =
      Map.ofEntries(
          Map.entry("p", "p"),
          Map.entry("br", "br"),
          Map.entry("strong", "strong"),
          Map.entry("b", "strong"),
          Map.entry("em", "em"),
          Map.entry("i", "em"),
          Map.entry("u", "u"),
          Map.entry("s", "s"),
          Map.entry("strike", "s"),
          Map.entry("del", "s"),
          Map.entry("a", "a"),
          Map.entry("ul", "ul"),
          Map.entry("ol", "ol"),
          Map.entry("li", "li"),
          Map.entry("blockquote", "blockquote"),
          Map.entry("pre", "pre"),
          Map.entry("code", "code"),
          Map.entry("h1", "h1"),
          Map.entry("h2", "h2"),
          Map.entry("h3", "h3"),
          Map.entry("h4", "h3"),
          Map.entry("h5", "h3"),
          Map.entry("h6", "h3"),
          Map.entry("img", "img"));

  /** Pasted blocks, which become paragraphs where they hold no block themselves. */
  private static final Set<String> BLOCKS =
      Set.of("div", "section", "article", "tr", "dt", "dd", "address", "figure", "figcaption");

  static final String MENTION = "data-mention";

  private static final Pattern ID = Pattern.compile("[1-9]\\d{0,17}");
  private static final Pattern SIZE = Pattern.compile("[1-9]\\d{0,3}");
  private static final Pattern START = Pattern.compile("\\d{1,4}");

  private final IncomingHtml incoming = new IncomingHtml(contentId -> null);
  private final Predicate<String> ownImage;
  private final boolean mentions;

  /**
   * @param ownImage whether an address is one of our attachments
   * @param mentions whether colleagues may be named, {@code <span data-mention="12">}
   */
  OutgoingHtml(Predicate<String> ownImage, boolean mentions) {
    this.ownImage = ownImage;
    this.mentions = mentions;
  }

  @Override
  public boolean drops(Element element) {
    return incoming.drops(element);
  }

  @Override
  public @Nullable String tag(Element element) {
    String name = element.normalName();
    if (BLOCKS.contains(name)) {
      boolean innermost = element.hasText() && element.stream().skip(1).noneMatch(Element::isBlock);
      return innermost ? "p" : null;
    }
    if (name.equals("span") && mentions && isMention(element)) {
      return "span";
    }
    return TAGS.get(name);
  }

  @Override
  public boolean attributes(Element element, String tag, HtmlWriter out) {
    switch (tag) {
      case "a" -> out.attribute("href", SafeUrl.link(element.attr("href")));
      case "ol" -> {
        String start = element.attr("start");
        out.attribute("start", START.matcher(start).matches() ? start : null);
      }
      case "span" -> out.attribute(MENTION, element.attr(MENTION));
      case "img" -> {
        return image(element, out);
      }
      default -> {
        // no attributes
      }
    }
    return true;
  }

  static boolean isMention(Element element) {
    return ID.matcher(element.attr(MENTION)).matches();
  }

  private boolean image(Element element, HtmlWriter out) {
    String source = element.attr("src").strip();
    String shown =
        source.regionMatches(true, 0, "data:", 0, 5)
            ? SafeUrl.rasterData(source)
            : ownImage.test(source) ? source : null;
    if (shown == null) {
      return false;
    }
    out.attribute("src", shown);
    out.attribute("alt", PlainText.cut(PlainText.oneLine(element.attr("alt")), 500));
    for (String name : new String[] {"width", "height"}) {
      String value = element.attr(name).strip();
      out.attribute(name, SIZE.matcher(value).matches() ? value : null);
    }
    return true;
  }
}
