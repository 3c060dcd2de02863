package dev.shopbell.platform.html;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Comment;
import org.jsoup.nodes.DataNode;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

class HtmlSanitizerPropertyTest {
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

  private static final Set<String> ATTRIBUTES =
      Set.of(
          "dir",
          "lang",
          "title",
          "style",
          "href",
          "target",
          "rel",
          "src",
          "data-remote-image",
          "alt",
          "width",
          "height",
          "border",
          "align",
          "valign",
          "color",
          "face",
          "size",
          "type",
          "start",
          "reversed",
          "value",
          "bgcolor",
          "cellpadding",
          "cellspacing",
          "span",
          "colspan",
          "rowspan",
          "nowrap");

  private final HtmlSanitizer sanitizer = new HtmlSanitizer();

  @Property(tries = 1_500)
  void holdsOnlyWhatIsAllowedAndStaysAsItIs(@ForAll("html") String html) {
    assertSafe(html);
  }

  @Property(tries = 300)
  void takesAnyText(@ForAll String text) {
    assertSafe(text);
    assertSafe("<p title=\"" + text + "\" style='" + text + "'><a href=\"" + text + "\">x");
  }

  @Property(tries = 500)
  void leavesOutgoingHtmlAsItIsOnceItIsClean(@ForAll("html") String html) {
    String once = sanitizer.forOutgoing(html, url -> url.startsWith("/files/"));

    assertThat(sanitizer.forOutgoing(once, url -> url.startsWith("/files/"))).isEqualTo(once);
    assertThat(Jsoup.parse(once).select("[style],[onclick],[class],[id],script,iframe,svg"))
        .isEmpty();
  }

  @Property(tries = 500)
  void readsAnyHtmlAsText(@ForAll("html") String html) {
    assertThat(HtmlText.of(html)).isEqualTo(HtmlText.of(html).strip());
  }

  private void assertSafe(String html) {
    String once = sanitizer.sanitize(html, id -> null).html();

    assertThat(sanitizer.sanitize(once, id -> null).html()).isEqualTo(once);
    Document document = Jsoup.parse(once);
    document
        .body()
        .traverse((node, depth) -> {
          assertThat(node).isNotInstanceOfAny(Comment.class, DataNode.class);
          if (node instanceof Element element && depth > 0) {
            assertThat(TAGS).contains(element.tagName());
            element.attributes().forEach(HtmlSanitizerPropertyTest::assertAllowed);
          }
        });
  }

  private static void assertAllowed(Attribute attribute) {
    String value = attribute.getValue();
    assertThat(ATTRIBUTES).contains(attribute.getKey());
    switch (attribute.getKey()) {
      case "href" -> assertThat(value).matches("(?:https?://|mailto:|tel:)[!-~]+");
      case "src" -> assertThat(value).startsWith("data:image/");
      case "data-remote-image" -> assertThat(value).matches("https?://[!-~]+");
      case "style" ->
          assertThat(value.toLowerCase())
              .doesNotContain(
                  "url", "expression", "\\", "@", "position", "<", "/*", "import", "var(");
      default -> assertThat(value).doesNotContain("\u0000");
    }
  }

  @Provide
  Arbitrary<String> html() {
    return Arbitraries.of(
            "<p>",
            "</p>",
            "<b>",
            "</b>",
            "<a href='http://x.test'>",
            "</a>",
            "<table>",
            "</table>",
            "<tr>",
            "<td>",
            "</td>",
            "<svg>",
            "</svg>",
            "<math>",
            "<mtext>",
            "<mglyph>",
            "<style>",
            "</style>",
            "<title>",
            "</title>",
            "<textarea>",
            "<select>",
            "<option>",
            "<form>",
            "</form>",
            "<template>",
            "<noscript>",
            "</noscript>",
            "<pre>\n\n",
            "<listing>",
            "<plaintext>",
            "<xmp>",
            "</xmp>",
            "<!--",
            "-->",
            "--!>",
            "<![CDATA[",
            "]]>",
            "<?x ",
            ">",
            "<",
            "&lt;",
            "&amp;lt;",
            "&#x3c;",
            "\"",
            "'",
            "`",
            "<img src=x onerror=y>",
            "<img src='http://x.test/a'>",
            "<img src=cid:x>",
            "<ul>",
            "<li>",
            "<foreignObject>",
            "<desc>",
            "<annotation-xml encoding='text/html'>",
            "<mi>",
            "<malignmark>",
            "<p style=\"color:red;background:url(x)\">",
            "<div style='display:none'>",
            "<font color=red>",
            "<h1>",
            "<h2>",
            "<button>",
            "<caption>",
            "<colgroup>",
            "<col>",
            "<br>",
            "<hr>",
            "<body bgcolor=red>",
            "<frameset>",
            "<head>",
            "<html>",
            "<iframe>",
            "</iframe>",
            "<noembed>",
            "<dd>",
            "<dt>",
            "<nobr>",
            "<a name=x id=y>",
            "<div hidden>",
            "text",
            " ",
            "\n",
            "\u0000",
            "\r",
            "\uD83D",
            "&#xD83D;",
            "&#13;",
            "<blockquote>",
            "</blockquote>",
            "<center>",
            "<span dir=rtl>",
            "</span>",
            "<i>",
            "</i>",
            "<o:p>",
            "<image src=x>",
            "<isindex>",
            "<marquee>",
            "<object>",
            "<applet>",
            "<ruby><rt>",
            "<details>")
        .list()
        .ofMaxSize(25)
        .map(list -> String.join("", list));
  }
}
