package dev.shopbell.channels.email;

import dev.shopbell.platform.html.HtmlText;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jspecify.annotations.Nullable;

/**
 * What stands below a mail, filled in.
 *
 * @param html empty where there is nothing
 * @param text the same to be read as plain text
 * @param faceUrl of the agent's picture; null where there is none
 * @param agentName the name that customers see; empty where a program writes
 */
record Signature(String html, String text, @Nullable String faceUrl, String agentName) {
  static final Signature NONE = new Signature("", "", null, "");

  private static final Pattern PLACEHOLDER =
      Pattern.compile("\\{(agent\\.name|agent\\.title|agent\\.text|brand\\.name|brand\\.address)}");

  /** What placeholders stand for; empty where there is nothing. */
  record Values(
      String agentName,
      String agentTitle,
      String agentText,
      String brandName,
      String brandAddress) {

    private String of(String placeholder) {
      return switch (placeholder) {
        case "agent.name" -> agentName;
        case "agent.title" -> agentTitle;
        case "agent.text" -> agentText;
        case "brand.name" -> brandName;
        default -> brandAddress;
      };
    }
  }

  boolean isEmpty() {
    return html.isEmpty();
  }

  /**
   * Fills a template. A line whose placeholders all stand for nothing goes; an agent's own text
   * that has no place in it stands at its end.
   *
   * @param template HTML as {@code HtmlSanitizer.forOutgoing} admits it
   */
  static Signature of(String template, Values values, @Nullable String faceUrl) {
    boolean placeless = !values.agentText().isEmpty() && !template.contains("{agent.text}");
    Document document =
        HtmlText.parse(
            placeless && !template.isEmpty() ? template + "<p>{agent.text}</p>" : template);
    document.outputSettings().prettyPrint(false);
    for (TextNode text : textNodes(document.body())) {
      fill(text, values);
    }
    String html = document.body().html().strip();
    return new Signature(html, HtmlText.of(html).strip(), faceUrl, values.agentName());
  }

  private static List<TextNode> textNodes(Element body) {
    return body.nodeStream(TextNode.class)
        .filter(text -> PLACEHOLDER.matcher(text.getWholeText()).find())
        .toList();
  }

  private static void fill(TextNode text, Values values) {
    Matcher matcher = PLACEHOLDER.matcher(text.getWholeText());
    String filled = matcher.replaceAll(one -> Matcher.quoteReplacement(values.of(one.group(1))));
    if (filled.isBlank()) {
      removeLine(text);
      return;
    }
    String[] lines = filled.split("\n", -1);
    text.text(lines[0]);
    Node last = text;
    for (int i = 1; i < lines.length; i++) {
      Element end = new Element("br");
      last.after(end);
      TextNode line = new TextNode(lines[i]);
      end.after(line);
      last = line;
    }
  }

  /** Removes what is left empty around the node, and the line end of an empty line. */
  private static void removeLine(Node node) {
    Node gone = node;
    while (gone.parent() instanceof Element parent
        && !parent.normalName().equals("body")
        && parent.childNodeSize() == 1) {
      gone = parent;
    }
    Node before = gone.previousSibling();
    Node after = gone.nextSibling();
    if (after != null && isLineEnd(after) && (before == null || isLineEnd(before))) {
      after.remove();
    } else if (after == null && before != null && isLineEnd(before)) {
      before.remove();
    }
    gone.remove();
  }

  private static boolean isLineEnd(Node node) {
    return node.normalName().equals("br");
  }
}
