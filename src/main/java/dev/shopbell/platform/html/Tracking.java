package dev.shopbell.platform.html;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Tells pictures that are there to be seen from such that only report who read a mail. It judges by
 * size and by the shape of addresses that senders' programs are known to use; a reporting picture
 * of a usual size at an unremarkable address is not told apart.
 */
final class Tracking {
  /** Of host and path in lower case. */
  private static final List<Pattern> ADDRESSES =
      patterns(
          // whatever the sender: what the last part of the path calls itself
          "[^?]*/(?:open|opened|opens|pixel|beacon|read-?receipt|track-?open|open-?track(?:ing)?)(?:\\.(?:gif|png|php|aspx?|ashx|jpg))?(?:\\?.*|/[a-z0-9_=-]{16,})?",
          "[^?]*/(?:e?mail-?)?track(?:ing|er)?/(?:open|pixel|view|read|mail|img)\\b.*",
          "[^?]*/(?:o|t|b|px|1x1)\\.gif(?:\\?.*)?",
          // mailing services
          "[^/]*list-manage\\.com/track/.*",
          "[^/]*mandrillapp\\.com/track/.*",
          "[^?]*/wf/open\\b.*",
          "[^/]*\\.awstrack\\.me/i0/.*",
          "[^/]*pstmrk\\.it/open.*",
          "[^/]*(?:hubspot|hubspotemail|hs-sites|hubspotlinks)[^/]*/(?:e[123]t|cto|__ptq).*",
          "[^/]*(?:sendgrid|sparkpost|mailgun|mailjet|sendinblue|sendibt\\d|brevo)[^/]*/(?:o|q|oo|tr/op|wf)/.*",
          "[^/]*(?:klaviyo|klclick)[^/]*/o(?:pen)?/.*",
          "email\\.[^/]+/o/[a-z0-9_-]{20,}.*",
          "[^/]*createsend\\d*\\.com/t/.*",
          "[^/]*/trk\\?t=.*",
          "[^/]*exacttarget\\.com/open.*",
          "[^/]*google-analytics\\.com/(?:r/)?(?:g/)?collect.*",
          "[^/]*facebook\\.com/(?:tr|email_open_log_pic)\\b.*",
          // mail programs that tell their owners
          "[^/]*mailtrack\\.io/.*",
          "[^/]*(?:yesware|mixmax|bananatag|streak|superhuman|mailfoogae\\.appspot|getnotify|readnotify)\\.com/.*");

  /**
   * Of each address they name the campaign or the reader; what is shown does not depend on them.
   */
  private static final Set<String> PARAMETERS =
      Set.of(
          "mc_cid",
          "mc_eid",
          "mkt_tok",
          "_hsenc",
          "_hsmi",
          "__hstc",
          "__hssc",
          "hsctatracking",
          "fbclid",
          "gclid",
          "dclid",
          "msclkid",
          "yclid",
          "twclid",
          "ttclid",
          "igshid",
          "wickedid",
          "vero_id",
          "vero_conv",
          "oly_enc_id",
          "oly_anon_id",
          "_openstat",
          "ml_subscriber",
          "ml_subscriber_hash",
          "s_cid",
          "rb_clickid",
          "_ke",
          "trk_contact",
          "trk_msg",
          "mkwid",
          "bsft_uid",
          "bsft_eid",
          "bsft_clkid",
          "sc_uid",
          "sc_eid",
          "_kx",
          "elqtrackid",
          "mtm_campaign");

  private static final double PIXEL = 1.5;
  private static final double FEW_PIXELS = 3;

  private Tracking() {}

  /**
   * @param width in pixels as the mail shows it, not a number where it does not say
   */
  static boolean tracks(String url, double width, double height) {
    boolean unseen =
        width < PIXEL || height < PIXEL || (width <= FEW_PIXELS && height <= FEW_PIXELS);
    String place = url.replaceFirst("^https?://(?:www\\.)?", "").toLowerCase(Locale.ROOT);
    return unseen || ADDRESSES.stream().anyMatch(known -> known.matcher(place).matches());
  }

  /** The address without the parts that are known to name its reader. */
  static String stripped(String url) {
    int query = url.indexOf('?');
    if (query < 0) {
      return url;
    }
    int fragment = url.indexOf('#', query);
    String whole = url.substring(query + 1, fragment < 0 ? url.length() : fragment);
    String kept =
        Arrays.stream(whole.split("&", -1))
            .filter(parameter -> !namesReader(parameter))
            .collect(Collectors.joining("&"));
    return url.substring(0, query) + (kept.isEmpty() ? "" : "?" + kept);
  }

  private static boolean namesReader(String parameter) {
    String name = parameter.split("=", 2)[0].toLowerCase(Locale.ROOT);
    return name.startsWith("utm_") || PARAMETERS.contains(name);
  }

  private static List<Pattern> patterns(String... texts) {
    return Arrays.stream(texts).map(Pattern::compile).toList();
  }
}
