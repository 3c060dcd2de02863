package dev.shopbell.platform.html;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The pictures from elsewhere that {@link HtmlSanitizer} holds back, found in what it wrote. */
public final class HeldBackImages {
  /** The sanitizer writes neither angle bracket nor quote inside of a value. */
  private static final Pattern IMAGE =
      Pattern.compile("<img[^<>]* data-remote-image=\"([^\"]*)\"[^<>]*>");

  private static final Pattern STYLE = Pattern.compile(" style=\"([^\"]*)\"");

  private HeldBackImages() {}

  /**
   * @param url as it may be asked for: without the parts known to name the reader of the mail
   * @param tracks it is there to report who read the mail, not to be seen
   */
  public record Image(String url, boolean tracks) {}

  /**
   * @param html in which each picture has an address of ours in {@code data-remote-image}, and such
   *     that only report are gone
   */
  public record Shown(String html, int images, int trackers) {}

  /** All of them, in the order in which they stand. */
  public static List<Image> of(String html) {
    List<Image> images = new ArrayList<>();
    Matcher matcher = IMAGE.matcher(html);
    while (matcher.find()) {
      images.add(image(matcher));
    }
    return images;
  }

  /**
   * @param address from the place of a picture in {@link #of}, from 0, to where we have it
   */
  public static Shown shown(String html, IntFunction<String> address) {
    StringBuilder shown = new StringBuilder(html.length());
    Matcher matcher = IMAGE.matcher(html);
    int trackers = 0;
    int all = 0;
    while (matcher.find()) {
      boolean tracks = image(matcher).tracks();
      String tag = matcher.group();
      int start = matcher.start(1) - matcher.start();
      int end = matcher.end(1) - matcher.start();
      String replaced =
          tracks ? "" : tag.substring(0, start) + address.apply(all) + tag.substring(end);
      matcher.appendReplacement(shown, Matcher.quoteReplacement(replaced));
      trackers += tracks ? 1 : 0;
      all++;
    }
    return new Shown(matcher.appendTail(shown).toString(), all - trackers, trackers);
  }

  private static Image image(Matcher matcher) {
    String tag = matcher.group();
    String url =
        matcher
            .group(1)
            .replace("&quot;", "\"")
            .replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&amp;", "&");
    boolean tracks = Tracking.tracks(url, size(tag, "width"), size(tag, "height"));
    return new Image(Tracking.stripped(url), tracks);
  }

  /** What the style says counts before what the attribute says, as in a browser. */
  private static double size(String tag, String name) {
    Matcher style = STYLE.matcher(tag);
    Double styled =
        style.find()
            ? number(style.group(1), "(?:^|;)(?:max-)?" + name + ":([0-9.]+)(?:px)?(?:;|$)")
            : null;
    Double written = number(tag, " " + name + "=\"([0-9.]+)\"");
    return styled != null ? styled : written != null ? written : Double.NaN;
  }

  private static @Nullable Double number(String text, String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    return matcher.find() && matcher.group(1).matches("\\d{1,5}(\\.\\d{1,6})?")
        ? Double.valueOf(matcher.group(1))
        : null;
  }
}
