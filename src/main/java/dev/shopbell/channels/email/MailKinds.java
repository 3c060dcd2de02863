package dev.shopbell.channels.email;

import dev.shopbell.channels.email.MailReport.Action;
import dev.shopbell.channels.email.MailReport.Kind;
import dev.shopbell.channels.email.MailSignals.Origin;
import dev.shopbell.conversations.Incoming;
import dev.shopbell.conversations.Incoming.Outcome;
import dev.shopbell.conversations.MessageKind;
import dev.shopbell.platform.html.PlainText;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Puts what a mail's signals say into the words of the inbox. */
final class MailKinds {
  private static final int LONGEST = 1_000;

  private MailKinds() {}

  /**
   * @param overUs whether the lists that it came over are the shop's own, or it came to us as well
   * @param fromUs whether it is from the shop's own domain, as the mails of its site are
   */
  static MessageKind kind(MailSignals signals, boolean overUs, boolean fromUs) {
    return switch (signals.origin()) {
      case REPORT -> signals.isBounce() ? MessageKind.bounce : MessageKind.receipt;
      case AUTO_REPLY -> MessageKind.auto_reply;
      case CHALLENGE -> MessageKind.challenge;
      case GENERATED -> MessageKind.list;
      case UNATTENDED -> fromUs ? MessageKind.message : MessageKind.list;
      case PERSON -> signals.mailingList() && !overUs ? MessageKind.list : MessageKind.message;
    };
  }

  static @Nullable String reason(MailSignals signals) {
    return signals.reasons().isEmpty() ? null : signals.reasons().getFirst();
  }

  static Incoming.@Nullable Report report(MailSignals signals) {
    if (signals.origin() == Origin.CHALLENGE) {
      return new Incoming.Report(
          Outcome.held,
          List.of(),
          List.of(),
          "Held back until somebody confirms that we are a person: see the message below.");
    }
    MailReport report = signals.report();
    if (report == null) {
      return null;
    }
    Outcome outcome = outcome(report);
    return new Incoming.Report(
        outcome,
        report.recipients().stream()
            .filter(MailReport.Recipient::isGone)
            .map(one -> one.address() == null ? "" : one.address())
            .toList(),
        report.recipients().stream()
            .map(MailReport.Recipient::address)
            .filter(Objects::nonNull)
            .limit(20)
            .toList(),
        PlainText.cut(words(report, outcome), LONGEST));
  }

  private static Outcome outcome(MailReport report) {
    if (report.kind() == Kind.DELIVERY) {
      if (report.isBounce()) {
        return Outcome.failed;
      }
      if (report.has(Action.DELAYED)) {
        return Outcome.delayed;
      }
      return report.has(Action.DELIVERED) ? Outcome.delivered : Outcome.other;
    }
    return report.has(Action.READ) ? Outcome.read : Outcome.other;
  }

  private static String words(MailReport report, Outcome outcome) {
    return switch (outcome) {
      case failed -> "Not delivered" + why(report, Action.FAILED);
      case delayed -> "Late, the other server still tries" + why(report, Action.DELAYED);
      case delivered -> "Delivered";
      case read -> "Read";
      case held -> throw new IllegalArgumentException("no report says that");
      case other ->
          report.kind() == Kind.COMPLAINT
              ? "The recipient called this mail spam"
              : report.has(Action.DELETED)
                  ? "Deleted without being read"
                  : report.kind() == Kind.DISPOSITION
                      ? "The recipient's mail program has taken it, and does not say whether it was read"
                      : report.has(Action.EXPANDED)
                          ? "Passed on to the members of a list"
                          : report.has(Action.RELAYED)
                              ? "Passed on to a server that does not confirm deliveries"
                              : "A mail system reports about this mail";
    };
  }

  private static String why(MailReport report, Action action) {
    MailReport.Recipient recipient =
        report.recipients().stream()
            .filter(one -> one.action() == action)
            .findFirst()
            .orElseThrow();
    String status = recipient.status() == null ? "" : " (" + recipient.status() + ")";
    String said = recipient.diagnostic();
    return status + ": " + (said == null ? "the other server gave no reason" : said);
  }
}
