package dev.shopbell.channels.email;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the servers before us found. Anybody can write such headers into a mail, so “not spam” is
 * never believed; “spam” is, for whoever says that of themselves harms nobody.
 */
final class UpstreamSpam {
  /** A field, and the value that means spam. */
  private record Mark(String field, Pattern value) {
    static Mark of(String field, String value) {
      return new Mark(field, Pattern.compile("(?is)" + value));
    }
  }

  private static final String YES = "\\s*(?:yes|true|1|spam)\\b.*";

  private static final List<Mark> MARKS =
      List.of(
          Mark.of("X-Spam-Flag", YES),
          Mark.of("X-Spam-Status", "\\s*(?:yes|spam)\\b.*"),
          Mark.of("X-Spam", YES),
          Mark.of("X-Spam-Level", "\\s*[*+x]{6,}.*"),
          Mark.of("X-Spamd-Result", ".*?:\\s*true\\b.*"),
          Mark.of(
              "X-Rspamd-Action", ".*\\b(?:reject|add.?header|rewrite.?subject|quarantine)\\b.*"),
          Mark.of("X-Rspamd-Flag", YES),
          Mark.of("X-VR-SPAMSTATE", "\\s*spam.*"),
          Mark.of("X-Proofpoint-Spam-Details", ".*\\brule=(?!notspam|ham)[a-z_]*spam.*"),
          Mark.of("X-Proofpoint-Spam-Flag", YES),
          Mark.of("X-CLX-Spam", YES),
          Mark.of("X-Barracuda-Spam-Flag", YES),
          Mark.of("X-Barracuda-Spam-Status", "\\s*yes\\b.*"),
          Mark.of("X-Suspected-Spam", YES),
          Mark.of("X-GND-Status", "\\s*spam.*"),
          Mark.of("X-DSPAM-Result", "\\s*spam.*"),
          Mark.of("X-Bogosity", "\\s*(?:spam|yes)\\b.*"),
          Mark.of("X-OVH-Spam-Status", "\\s*(?:spam|yes)\\b.*"),
          Mark.of("X-Ovh-Spam-Flag", YES),
          Mark.of("X-Mailgun-Sflag", YES),
          Mark.of("X-SES-Spam-Verdict", "\\s*fail\\b.*"),
          Mark.of("X-Yandex-Spam", "\\s*4\\b.*"),
          Mark.of("X-SpamExperts-Class", "\\s*spam.*"),
          Mark.of("X-SpamExperts-Outgoing-Class", "\\s*spam.*"),
          Mark.of("X-MailScanner-SpamCheck", "\\s*spam\\b.*"),
          Mark.of("X-ASSP-Spam", YES),
          Mark.of("X-hMailServer-Spam", YES),
          Mark.of("X-Junkmail", "\\s*(?:yes|uce|spam)\\b.*"),
          Mark.of("X-NAI-Spam-Flag", YES),
          Mark.of("X-KLMS-AntiSpam-Status", "\\s*(?:spam|probable.?spam|phishing)\\b.*"),
          Mark.of("X-KSMG-AntiSpam-Status", "\\s*(?:spam|probable.?spam|phishing)\\b.*"),
          Mark.of("X-PMX-Spam", ".*probability=(?:[6-9]\\d|100)%.*"),
          Mark.of("X-DMARC-Policy-Action", "\\s*quarantine\\b.*"),
          Mark.of("X-MDaemon-Spam", YES),
          Mark.of("X-Spam-Class", "\\s*(?:spam|high)\\b.*"),
          Mark.of("X-Spam-Verdict", "\\s*spam\\b.*"),
          Mark.of("X-Is-Spam", YES),
          Mark.of("X-Moz-Junk", YES));

  private static final List<Mark> VIRUSES =
      List.of(
          Mark.of("X-Virus-Status", "\\s*(?:yes|infected)\\b.*"),
          Mark.of("X-Amavis-Alert", "\\s*infected.*"),
          Mark.of("X-SES-Virus-Verdict", "\\s*fail\\b.*"),
          Mark.of("X-Virus-Flag", YES));

  private static final Pattern LEVEL = Pattern.compile("\\s*(-?\\d+).*");
  private static final Pattern FOREFRONT =
      Pattern.compile(
          "(?i)(?:^|;)\\s*(?:SFV:(?:SPM|SKS|SKB)|CAT:(?:SPM|HSPM|PHSH|HPHSH|HPHISH|MALW|SPOOF|OSPM))\\s*(?:;|$)");
  private static final Pattern FOREFRONT_LEVEL = Pattern.compile("(?i)(?:^|;)\\s*SCL:(-?\\d+)");
  private static final Pattern SUBJECT =
      Pattern.compile(
          "(?i)^\\W{0,3}(?:\\[\\s?(?:suspected |possible |probable )?spam\\??\\s?]|\\*{2,}\\s?spam\\s?\\*{2,}|\\{spam\\??}|spam>|\\[junk]|\\[phishing\\??]).*");

  private UpstreamSpam() {}

  /**
   * What the upstream says against the mail, in words for the agent; null where it says nothing.
   */
  static @Nullable String reason(MailHead head) {
    MailHeaders headers = head.headers();
    for (Mark mark : VIRUSES) {
      String value = headers.first(mark.field());
      if (value != null && mark.value().matcher(value).matches()) {
        return "Your mail server found a virus in it (" + mark.field() + ").";
      }
    }
    for (Mark mark : MARKS) {
      String value = headers.first(mark.field());
      // Stars are no verdict where there is one.
      boolean judged = mark.field().equals("X-Spam-Level") && headers.has("X-Spam-Status");
      if (value != null && !judged && mark.value().matcher(value).matches()) {
        return by(mark.field());
      }
    }
    for (String field : List.of("X-MS-Exchange-Organization-SCL", "X-MS-Exchange-Forest-SCL")) {
      if (level(headers.first(field), LEVEL) >= 5) {
        return by(field);
      }
    }
    String forefront = headers.first("X-Forefront-Antispam-Report");
    if (forefront != null
        && (FOREFRONT.matcher(forefront).find() || level(forefront, FOREFRONT_LEVEL) >= 5)) {
      return by("X-Forefront-Antispam-Report");
    }
    for (String name : headers.names()) {
      if (name.endsWith("-mailscanner-spamcheck")) {
        String value = headers.first(name);
        if (value != null && value.strip().toLowerCase(Locale.ROOT).startsWith("spam")) {
          return by("X-MailScanner-SpamCheck");
        }
      }
    }
    return SUBJECT.matcher(head.subject()).matches()
        ? "A server on its way marked it as spam in its subject."
        : null;
  }

  private static String by(String field) {
    return "Your mail server takes it for spam (" + field + ").";
  }

  private static int level(@Nullable String value, Pattern pattern) {
    Matcher matcher = pattern.matcher(value == null ? "" : value);
    boolean found = pattern == LEVEL ? matcher.matches() : matcher.find();
    return found && matcher.group(1).length() < 6 ? Integer.parseInt(matcher.group(1)) : -1;
  }
}
