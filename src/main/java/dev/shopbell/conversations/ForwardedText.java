package dev.shopbell.conversations;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a forward says: the agent's words, then each message below a block that tells whose it was,
 * as text and as HTML.
 */
final class ForwardedText {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, d MMM uuuu HH:mm z", Locale.ENGLISH);
  private static final String LINE = "---------- Forwarded message ----------";

  /** More HTML than this is forwarded as its text. */
  private static final int LONGEST_HTML = 2_000_000;

  private ForwardedText() {}

  static Replies.Body of(Replies.Body note, List<Message> messages, ZoneId zone) {
    StringBuilder text = new StringBuilder(note.text());
    StringBuilder html =
        new StringBuilder(note.html() == null ? paragraphs(note.text()) : note.html());
    Set<Long> images = new TreeSet<>(note.images());
    for (Message message : messages) {
      String head = head(message, zone);
      text.append(text.isEmpty() ? "" : "\n\n").append(head).append("\n\n").append(message.text());
      html.append("<p>").append(lines(head)).append("</p>");
      String body = message.html();
      if (body == null || html.length() + body.length() > LONGEST_HTML) {
        html.append(paragraphs(message.text()));
      } else {
        images.addAll(OwnImages.shown(body));
        html.append("<div>").append(OwnImages.asCids(body)).append("</div>");
      }
    }
    return new Replies.Body(text.toString(), note.text(), html.toString(), images);
  }

  private static String head(Message message, ZoneId zone) {
    StringBuilder head = new StringBuilder(LINE);
    head.append("\nFrom: ").append(shown(message.from()));
    head.append("\nDate: ").append(DATE.format(message.receivedAt().atZone(zone)));
    head.append("\nSubject: ").append(message.subject());
    if (!message.to().isEmpty()) {
      head.append("\nTo: ").append(shown(message.to()));
    }
    if (!message.cc().isEmpty()) {
      head.append("\nCc: ").append(shown(message.cc()));
    }
    return head.toString();
  }

  private static String shown(List<Correspondent> people) {
    return people.stream().map(ForwardedText::shown).collect(Collectors.joining(", "));
  }

  private static String shown(Correspondent one) {
    if (one.address() == null) {
      return one.name() == null ? "unknown" : one.name();
    }
    return one.name() == null ? one.address() : one.name() + " <" + one.address() + ">";
  }

  private static String paragraphs(String text) {
    return text.isBlank()
        ? ""
        : text.strip().lines().collect(Collectors.joining("\n")).transform(ForwardedText::blocks);
  }

  private static String blocks(String text) {
    return List.of(text.split("\n{2,}")).stream()
        .map(block -> "<p>" + lines(block) + "</p>")
        .collect(Collectors.joining());
  }

  private static String lines(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\n", "<br>");
  }
}
