package dev.shopbell.conversations;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Points the {@code cid:} images of a message's HTML at its attachments, whose ids are known only
 * now.
 */
final class InlineImages {
  private static final Pattern SOURCE = Pattern.compile(" src=\"cid:([^\"]*)\"");

  private InlineImages() {}

  static Message resolved(
      Message message, List<Message.Attachment> attachments, Map<String, String> urlByContentId) {
    String html = message.html();
    if (attachments.isEmpty() && (html == null || !html.contains("cid:"))) {
      return message;
    }
    return message.with(html == null ? null : resolved(html, urlByContentId), attachments);
  }

  private static String resolved(String html, Map<String, String> urlByContentId) {
    return SOURCE
        .matcher(html)
        .replaceAll(found -> {
          String url = urlByContentId.get(found.group(1).replace("&amp;", "&"));
          return url == null ? "" : Matcher.quoteReplacement(" src=\"" + url + "\"");
        });
  }
}
