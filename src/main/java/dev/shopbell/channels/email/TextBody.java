package dev.shopbell.channels.email;

import dev.shopbell.platform.html.HtmlText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Text and HTML that say the same; each may be missing. */
record TextBody(@Nullable String text, @Nullable String html) {
  boolean isBlank() {
    return (text == null || text.isBlank()) && (html == null || html.isBlank());
  }

  /** Of alternatives the last is the richest (RFC 2046, 5.1.4). */
  static TextBody chosen(List<TextBody> bodies) {
    String text = null;
    String html = null;
    for (TextBody body : bodies) {
      text = body.text() != null && (text == null || !body.text().isBlank()) ? body.text() : text;
      html = body.html() != null && (html == null || !body.html().isBlank()) ? body.html() : html;
    }
    return new TextBody(text, html);
  }

  /** Parts that follow each other. */
  static TextBody joined(List<TextBody> bodies) {
    if (bodies.size() <= 1) {
      return bodies.isEmpty() ? new TextBody(null, null) : bodies.getFirst();
    }
    boolean anyText = bodies.stream().anyMatch(body -> body.text() != null);
    boolean anyHtml = bodies.stream().anyMatch(body -> body.html() != null);
    StringBuilder text = new StringBuilder();
    StringBuilder html = new StringBuilder();
    for (TextBody body : bodies) {
      String plain = body.text();
      String rich = body.html();
      if (plain == null && rich != null && anyText) {
        plain = HtmlText.of(rich);
      }
      if (plain != null && !plain.isBlank()) {
        boolean apart = text.isEmpty() || text.charAt(text.length() - 1) == '\n';
        text.append(apart ? "" : "\n").append(plain);
      }
      html.append(rich != null ? rich : plain == null ? "" : asHtml(plain));
    }
    return new TextBody(anyText ? text.toString() : null, anyHtml ? html.toString() : null);
  }

  private static String asHtml(String text) {
    String escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    return "\n<div style=\"white-space:pre-wrap\">" + escaped + "</div>\n";
  }
}
