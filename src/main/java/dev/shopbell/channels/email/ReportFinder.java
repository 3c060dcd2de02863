package dev.shopbell.channels.email;

import dev.shopbell.channels.email.MailReport.Action;
import dev.shopbell.channels.email.MailReport.Kind;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds out whether a mail reports about another one: as the standards ask, or as mailers do. */
final class ReportFinder {
  /** Addresses of programs; postmaster is a person's, too. */
  private static final Pattern SYSTEM =
      Pattern.compile(
          "(?:mailer-?daemon|mail-?daemon|mail-?system|mdaemon|mail-?deliver[a-z]*|microsoftexchange[0-9a-f]{32}|symantec.*bounce)(?:[.+_-].*)?");

  private static final Pattern SYSTEM_NAME =
      Pattern.compile(
          "(?i).*(?:mail delivery (?:sub)?system|mail delivery service|mailer.?daemon|mail administrator|delivery subsystem"
              + "|postmaster|system administrator|systemadministrator|internet mail delivery|mail system|microsoft outlook).*");

  private final MailHead head;
  private final MailHeaders headers;
  private final boolean nullSender;
  private final MachineWords words;

  ReportFinder(MailHead head, boolean nullSender, MachineWords words) {
    this.head = head;
    this.headers = head.headers();
    this.nullSender = nullSender;
    this.words = words;
  }

  record Found(MailReport report, String reason) {}

  @Nullable Found find(PartCollector parts, String text) {
    HeaderParameters type = parts.rootType();
    String reportType = type.get("report-type");
    reportType = reportType == null ? "" : reportType.toLowerCase(Locale.ROOT);
    boolean isReport = type.value().equals("multipart/report");
    boolean system =
        isDaemon(head)
            || (isPostmaster(head)
                && (nullSender || words.isNamedUndelivered() || parts.returned() != null));
    boolean disposition =
        reportType.contains("disposition-notification")
            || parts.reportTypes().contains("disposition");
    if (reportType.contains("feedback-report") || parts.reportTypes().contains("feedback")) {
      MailReport report =
          DeliveryReport.ofParts(Kind.COMPLAINT, parts.reports(), parts.returned(), head);
      return new Found(report, "A provider reports that the recipient called a mail of ours spam.");
    }
    // A person may pass a report on with all its parts.
    boolean mayReport = isReport || system || nullSender || headers.has("X-Failed-Recipients");
    if (mayReport
        && (disposition || !parts.reports().isEmpty() || reportType.contains("delivery-status"))) {
      Kind kind = disposition ? Kind.DISPOSITION : Kind.DELIVERY;
      MailReport report = DeliveryReport.ofParts(kind, parts.reports(), parts.returned(), head);
      if (report.recipients().isEmpty() && !disposition) {
        MailReport said = new BounceWords(text, parts.returned(), head).read();
        report = said == null ? report : said;
      }
      return new Found(report, reason(report));
    }
    boolean failed = headers.has("X-Failed-Recipients") || system;
    boolean named = words.isNamedUndelivered() && isNobody();
    if (failed || named || nullSender) {
      MailReport report = new BounceWords(text, parts.returned(), head).read();
      if (report != null && (failed || isTelling(report, named))) {
        return new Found(report, reason(report));
      }
    }
    return receiptOfWords();
  }

  /** No person can have sent it. */
  private boolean isNobody() {
    String submitted = headers.text("Auto-Submitted");
    MailAddress from = head.people().from();
    boolean program = submitted != null && submitted.toLowerCase(Locale.ROOT).startsWith("auto-");
    return nullSender || program || from == null || isSystemName(from) || isPostmaster(head);
  }

  /**
   * Out-of-office notes have no sender either, and carriers write of parcels that could not be
   * delivered: which mail it is about must be there, or an address with a code.
   */
  private static boolean isTelling(MailReport report, boolean named) {
    return (named && report.originalMessageId() != null)
        || report.recipients().stream()
            .anyMatch(one -> one.address() != null && one.status() != null);
  }

  private @Nullable Found receiptOfWords() {
    String messageClass = headers.text("X-Message-Class");
    String contentClass = headers.text("Content-Class");
    String classes =
        ((messageClass == null ? "" : messageClass) + " " + contentClass).toLowerCase(Locale.ROOT);
    Action action =
        classes.contains("ipnrn") || classes.contains("content-classes:mdn")
            ? Action.READ
            : classes.contains("ipnnrn") ? Action.DELETED : words.disposition();
    if (action == null) {
      return null;
    }
    MailAddress from = head.people().from();
    MailReport.Recipient reader =
        new MailReport.Recipient(from == null ? null : from.address(), action, null, null);
    MailReport report =
        new MailReport(Kind.DISPOSITION, List.of(reader), DeliveryReport.orReferred(null, head));
    return new Found(report, reason(report));
  }

  private static String reason(MailReport report) {
    if (report.kind() == Kind.DISPOSITION) {
      return report.has(Action.READ)
          ? "The recipient's mail program says that a mail was read."
          : report.has(Action.DELETED)
              ? "The recipient's mail program says that a mail was deleted unread."
              : "The recipient's mail program says what became of a mail.";
    }
    if (report.isBounce()) {
      return "A mail system reports that a mail could not be delivered.";
    }
    return report.has(Action.DELAYED)
        ? "A mail system reports that a mail is late; it still tries."
        : report.has(Action.DELIVERED) || report.has(Action.RELAYED) || report.has(Action.EXPANDED)
            ? "A mail system reports that a mail was delivered or passed on."
            : "A mail system reports about a mail.";
  }

  /** Whether its address is a mail system's and never a person's. */
  static boolean isDaemon(MailHead head) {
    MailAddress from = head.people().from();
    if (from == null) {
      String raw = head.headers().first("From");
      return raw != null && raw.toLowerCase(Locale.ROOT).matches(".*mailer.?daemon.*");
    }
    return SYSTEM.matcher(local(from.address())).matches();
  }

  private static boolean isSystemName(MailAddress from) {
    return from.name() != null && SYSTEM_NAME.matcher(from.name()).matches();
  }

  private static boolean isPostmaster(MailHead head) {
    MailAddress from = head.people().from();
    return from != null && local(from.address()).equals("postmaster");
  }

  private static String local(String address) {
    int sign = address.lastIndexOf('@');
    return address.substring(0, Math.max(sign, 0)).toLowerCase(Locale.ROOT);
  }
}
