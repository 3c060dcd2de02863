package dev.shopbell.conversations;

import dev.shopbell.platform.html.HtmlSanitizer;
import dev.shopbell.platform.html.HtmlText;
import dev.shopbell.platform.web.Problem;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.LongFunction;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What agents write, with the images in it and the files that go along. */
@Component
class OwnWords {
  static final int LONGEST = 500_000;
  private static final int MOST_ATTACHMENTS = 50;

  private final HtmlSanitizer sanitizer;
  private final AttachmentStore attachments;
  private final Mentions mentions;

  OwnWords(HtmlSanitizer sanitizer, AttachmentStore attachments, Mentions mentions) {
    this.sanitizer = sanitizer;
    this.attachments = attachments;
    this.mentions = mentions;
  }

  /**
   * Fit to be sent: never empty, the HTML limited to what the editor makes.
   *
   * @throws Problem if there is nothing to send, or too much
   */
  Replies.Body body(
      @Nullable String text,
      @Nullable String html,
      boolean mayBeEmpty,
      long agentId,
      long conversationId) {
    return body(text, html, mayBeEmpty, agentId, conversationId, sanitizer::forOutgoing);
  }

  /** The same for what only colleagues see, in which they may be named. */
  Replies.Body note(
      @Nullable String text,
      @Nullable String html,
      boolean mayBeEmpty,
      long agentId,
      long conversationId) {
    LongFunction<@Nullable String> shown = mentions.reader();
    return body(
        text,
        html,
        mayBeEmpty,
        agentId,
        conversationId,
        (written, ownImage) -> sanitizer.forNote(written, ownImage, shown));
  }

  private Replies.Body body(
      @Nullable String text,
      @Nullable String html,
      boolean mayBeEmpty,
      long agentId,
      long conversationId,
      BiFunction<String, Predicate<String>, String> cleaning) {
    int length = (text == null ? 0 : text.length()) + (html == null ? 0 : html.length());
    if (length > LONGEST) {
      throw Problem.invalid("text", "A message has at most " + LONGEST + " characters.");
    }
    if (html != null && !html.isBlank()) {
      Set<Long> shown = OwnImages.shown(html);
      Set<Long> usable =
          shown.isEmpty() ? Set.of() : attachments.usable(shown, agentId, conversationId);
      String clean =
          cleaning.apply(
              html,
              url -> {
                Long id = OwnImages.id(url);
                return id != null && usable.contains(id);
              });
      String plain = plain(clean);
      Set<Long> images = OwnImages.shown(clean);
      if (!plain.isEmpty() || !images.isEmpty() || mayBeEmpty) {
        return new Replies.Body(plain, null, OwnImages.asCids(clean), images);
      }
    }
    String plain = text == null ? "" : text.replace("\r\n", "\n").replace("\u0000", "").strip();
    if (plain.isEmpty() && !mayBeEmpty) {
      throw Problem.invalid("text", "There is nothing to send: write something, or attach a file.");
    }
    return new Replies.Body(plain, null, null, Set.of());
  }

  /** What is struck out must not read as if it held; and code as if it were prose. */
  private static String plain(String clean) {
    String marked =
        clean
            .replace("<s>", "~")
            .replace("</s>", "~")
            .replaceAll("(?<!<pre>)<code>", "`")
            .replaceAll("</code>(?!</pre>)", "`");
    return HtmlText.of(marked).strip();
  }

  long upload(long agentId, AttachmentFile file, Instant now) {
    return attachments.insert(agentId, file, now);
  }

  /** Gives a message its images, and the uploads that go along. */
  void attach(long messageId, long agentId, Replies.Body body, List<Long> uploads) {
    Set<Long> along = new LinkedHashSet<>(uploads);
    along.removeAll(body.images());
    if (along.size() + body.images().size() > MOST_ATTACHMENTS) {
      throw Problem.invalid(
          "attachments", "A message has at most " + MOST_ATTACHMENTS + " attachments.");
    }
    if (!body.images().isEmpty()) {
      attachments.show(messageId, agentId, body.images());
    }
    if (!along.isEmpty() && attachments.attach(messageId, agentId, along) != along.size()) {
      throw Problem.invalid(
          "attachments", "One of the attachments is not an upload of yours, or is in use.");
    }
  }

  /** Gives a message the files of others. */
  void carry(long messageId, long agentId, Collection<Long> files) {
    if (!files.isEmpty()) {
      attachments.copy(messageId, agentId, files, false);
    }
  }

  /** Makes the files of a message uploads again, under the same ids. */
  void takeBack(long messageId) {
    attachments.detach(messageId);
  }
}
