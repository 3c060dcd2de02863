package dev.shopbell.conversations;

import dev.shopbell.platform.html.HtmlText;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.nodes.Element;

/**
 * Images among the words of an agent. The editor names each by the address of its attachment; what
 * is stored and sent names it by a content id made of the attachment's, which {@link InlineImages}
 * turns back when it is read.
 */
final class OwnImages {
  private static final String PATH = "/api/v1/attachments/";
  private static final Pattern ADDRESS = Pattern.compile(PATH + "(\\d{1,18})");
  private static final Pattern SOURCE = Pattern.compile(" src=\"" + PATH + "(\\d{1,18})\"");

  private OwnImages() {}

  /** The attachments that the HTML, of whatever origin, shows. */
  static Set<Long> shown(String html) {
    Set<Long> ids = new LinkedHashSet<>();
    for (Element image : HtmlText.parse(html).select("img[src]")) {
      Long id = id(image.attr("src"));
      if (id != null) {
        ids.add(id);
      }
    }
    return ids;
  }

  static @org.jspecify.annotations.Nullable Long id(String address) {
    Matcher matcher = ADDRESS.matcher(address.strip());
    return matcher.matches() ? Long.valueOf(matcher.group(1)) : null;
  }

  /** The same as {@code AttachmentStore} writes. */
  static String contentId(long attachmentId) {
    return "image-" + attachmentId + "@shopbell";
  }

  /** Of HTML that was made safe. */
  static String asCids(String html) {
    return SOURCE
        .matcher(html)
        .replaceAll(found -> " src=\"cid:" + contentId(Long.parseLong(found.group(1))) + "\"");
  }
}
