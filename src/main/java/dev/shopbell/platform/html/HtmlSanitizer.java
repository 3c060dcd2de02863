package dev.shopbell.platform.html;

import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Makes HTML safe by writing it anew from an allow-list. The result is parsed and written again
 * until it stays the same, so that no parser can see in it what this one did not.
 */
@Component
public final class HtmlSanitizer {
  private static final int MAX_ROUNDS = 5;

  /**
   * HTML for a sandboxed frame.
   *
   * @param remoteImages how many images are held back; each carries its address in {@code
   *     data-remote-image} and has no {@code src}
   */
  public record Sanitized(String html, int remoteImages) {}

  /**
   * Admits of a stranger's HTML what can be read and can neither run nor load nor cover anything.
   *
   * @param inlineImage from a Content-ID to the address under which the desk has that attachment,
   *     or null when the mail has no such part
   */
  public Sanitized sanitize(String html, Function<String, @Nullable String> inlineImage) {
    String stable = stable(html, () -> new IncomingHtml(HtmlSanitizer::asCid));
    if (!stable.contains("src=\"cid:") && !stable.contains("data-remote-image=\"")) {
      return new Sanitized(stable, 0);
    }
    IncomingHtml last = new IncomingHtml(inlineImage);
    String mapped = write(stable, last);
    return new Sanitized(mapped, last.remoteImages());
  }

  /**
   * Keeps the reference until the end, since only references can be read again and stay the same.
   */
  private static String asCid(String contentId) {
    return "cid:" + contentId.replace("%", "%25");
  }

  /**
   * Admits of an agent's HTML the marks that the editor has.
   *
   * @param ownImage whether the address of an image is one of our attachments
   */
  public String forOutgoing(String html, Predicate<String> ownImage) {
    return stable(html, () -> new OutgoingHtml(ownImage, false));
  }

  /**
   * The same for what only colleagues see, who may be named in it: {@code <span
   * data-mention="12">@Name</span>}.
   *
   * @param ownImage whether the address of an image is one of our attachments
   * @param mention from a colleague's id to what the span shows, or null when there is none
   */
  public String forNote(
      String html, Predicate<String> ownImage, LongFunction<@Nullable String> mention) {
    Document document = HtmlWriter.parse(html);
    for (Element span : document.select("span[" + OutgoingHtml.MENTION + "]")) {
      String shown =
          OutgoingHtml.isMention(span)
              ? mention.apply(Long.parseLong(span.attr(OutgoingHtml.MENTION)))
              : null;
      if (shown == null) {
        span.removeAttr(OutgoingHtml.MENTION);
      } else {
        span.text(shown);
      }
    }
    return stable(document.body().html(), () -> new OutgoingHtml(ownImage, true));
  }

  private static String stable(String html, Supplier<HtmlWriter.Policy> policy) {
    String current = write(html, policy.get());
    for (int round = 0; round < MAX_ROUNDS; round++) {
      String next = write(current, policy.get());
      if (next.equals(current)) {
        return current;
      }
      current = next;
    }
    return asText(current);
  }

  private static String write(String html, HtmlWriter.Policy policy) {
    Document document = HtmlWriter.parse(html);
    return HtmlWriter.write(document, policy, html.length());
  }

  /** Nothing that a parser could read in two ways is left of it. */
  private static String asText(String html) {
    String text = HtmlText.of(html).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    return "<pre>" + text.strip() + "</pre>";
  }
}
