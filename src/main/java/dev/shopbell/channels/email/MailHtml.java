package dev.shopbell.channels.email;

import dev.shopbell.platform.html.HtmlText;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/**
 * How our mail looks. It sets no colour but a grey that can be seen on light and dark, so that each
 * mail program shows it in its own; it is one column, and all styles stand at the elements, since
 * some programs take no others.
 */
final class MailHtml {
  private static final String FONT =
      "font-family:-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";

  private static final String MONO = "font-family:ui-monospace,Menlo,Consolas,monospace";
  private static final String GREY = "#808080";

  private static final Map<String, String> STYLES =
      Map.ofEntries(
          Map.entry("p", "margin:0 0 12px"),
          Map.entry("ul", "margin:0 0 12px;padding:0 24px"),
          Map.entry("ol", "margin:0 0 12px;padding:0 24px"),
          Map.entry("li", "margin:0 0 4px"),
          Map.entry("blockquote", "margin:0 0 12px;padding:0 12px;border-left:3px solid " + GREY),
          Map.entry(
              "pre",
              "margin:0 0 12px;padding:8px 12px;border:1px solid "
                  + GREY
                  + ";border-radius:6px;white-space:pre-wrap;font-size:14px;"
                  + MONO),
          Map.entry("code", "font-size:14px;" + MONO),
          Map.entry("h1", "margin:16px 0 8px;font-size:20px;line-height:1.3"),
          Map.entry("h2", "margin:16px 0 8px;font-size:18px;line-height:1.3"),
          Map.entry("h3", "margin:16px 0 8px;font-size:16px;line-height:1.3"),
          Map.entry("img", "max-width:100%;height:auto"));

  private MailHtml() {}

  /**
   * A whole mail. Its language is not known to us, and a wrong one would make screen readers
   * stammer.
   *
   * @param body HTML of the message
   * @param below what stands under it, or empty
   */
  static String page(String body, String below) {
    return """
    <!DOCTYPE html>
    <html lang="und"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
    <meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark">
    <style>:root{color-scheme:light dark;supported-color-schemes:light dark}</style></head>
    <body style="margin:0;padding:16px"><div style="max-width:640px;font-size:16px;line-height:1.5;\
    overflow-wrap:break-word;%s">
    %s
    %s</div></body></html>
    """
        .formatted(FONT, styled(body), below);
  }

  /** The message as HTML, whether or not it was written as such. */
  static String body(String text, @Nullable String html) {
    return html == null ? paragraphs(text) : html;
  }

  /**
   * @param face where the picture is; null where there is none
   */
  static String signature(Signature signature, @Nullable String face) {
    if (signature.isEmpty()) {
      return "";
    }
    String words =
        "<td style=\"padding:0;vertical-align:top;font-size:14px;line-height:1.45;%s\">%s</td>"
            .formatted(FONT, tight(styled(signature.html())));
    String picture =
        face == null
            ? ""
            : ("<td style=\"padding:2px 12px 0 0;vertical-align:top\"><img src=\"%s\" alt=\"%s\" width=\"48\""
                    + " height=\"48\" style=\"display:block;width:48px;height:48px;border-radius:50%%;"
                    + "font-size:11px;line-height:1.2\"></td>")
                .formatted(escaped(face), escaped(signature.agentName()).replace("\"", "&quot;"));
    return "<table role=\"presentation\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" style=\"margin:24px 0 0;"
        + "border-collapse:collapse\"><tr>"
        + picture
        + words
        + "</tr></table>\n";
  }

  private static String styled(String html) {
    Document document = HtmlText.parse(html);
    document.outputSettings().prettyPrint(false);
    for (Element element : document.body().select("*")) {
      String style = STYLES.get(element.normalName());
      if (style != null) {
        element.attr("style", style);
      }
      if (element.is("p, li, h1, h2, h3")) {
        element.attr("dir", "auto");
      }
    }
    // A list within a list belongs to its line, and a line of a list is no paragraph.
    document.select("li > ul, li > ol").attr("style", "margin:4px 0 0;padding:0 24px");
    document.select("li > p:only-child").forEach(Element::unwrap);
    document
        .select("li > p:first-child:has(+ ul:last-child), li > p:first-child:has(+ ol:last-child)")
        .forEach(Element::unwrap);
    document.select("blockquote > p:last-child").attr("style", "margin:0");
    return document.body().html().strip();
  }

  private static String tight(String html) {
    return html.replace("margin:0 0 12px", "margin:0 0 6px");
  }

  static String paragraphs(String text) {
    return Arrays.stream(text.split("\n{2,}"))
        .map(paragraph -> "<p>" + escaped(paragraph).replace("\n", "<br>\n") + "</p>")
        .collect(Collectors.joining("\n"));
  }

  static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
