package dev.shopbell.channels.email;

import dev.shopbell.channels.email.MailSignals.Origin;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells machines from people by what RFC 3834 asks for and by what programs send instead. */
final class SignalReader {
  /**
   * Fields that only programs that answer by themselves set; a value means any but the given ones.
   */
  private static final Map<String, Set<String>> AUTO_REPLY_FIELDS =
      Map.ofEntries(
          Map.entry("x-autoreply", Set.of("no", "false")),
          Map.entry("x-autorespond", Set.of("no", "false")),
          Map.entry("x-auto-reply", Set.of("no", "false")),
          Map.entry("x-autoresponder", Set.of("no", "false")),
          Map.entry("x-autoreply-from", Set.of()),
          Map.entry("x-mail-autoreply", Set.of("no", "false")),
          Map.entry("x-vacation", Set.of("no", "false")),
          Map.entry("x-fc-machinegenerated", Set.of("no", "false")),
          Map.entry("x-ms-exchange-generated-message-source", Set.of()),
          Map.entry("x-post-messageclass", Set.of("0")));

  private static final Set<String> SYSTEM_SENDERS =
      Set.of("mailer-daemon", "postmaster", "mailerdaemon", "mail-daemon", "mdaemon", "maildaemon");

  private static final Set<String> UNATTENDED =
      Set.of("noreply", "donotreply", "nepasrepondre", "nichtantworten", "bounce", "bounces");

  private final MailHead head;
  private final MailHeaders headers;
  private final @Nullable String envelopeSender;
  private final List<String> reasons = new ArrayList<>();

  SignalReader(MailHead head, @Nullable String envelopeSender) {
    this.head = head;
    this.headers = head.headers();
    this.envelopeSender = envelopeSender;
  }

  MailSignals read(PartCollector parts, String text) {
    MailReport report = report(parts, text);
    boolean list = isList();
    Origin origin = report != null ? Origin.REPORT : origin();
    boolean silent = asksForSilence();
    return new MailSignals(origin, list, silent, report, List.copyOf(reasons));
  }

  private @Nullable MailReport report(PartCollector parts, String text) {
    HeaderParameters type = parts.rootType();
    boolean isReport = type.value().equals("multipart/report");
    String reportType = type.get("report-type");
    boolean disposition = reportType != null && reportType.contains("disposition-notification");
    boolean delivery = reportType != null && reportType.contains("delivery-status");
    if ((isReport && (disposition || delivery)) || !parts.reports().isEmpty()) {
      reasons.add("Content-Type: multipart/report");
      MailReport report =
          DeliveryReport.ofParts(parts.reports(), disposition, parts.returned(), head);
      if (!report.recipients().isEmpty() || disposition) {
        return report;
      }
      MailReport words = DeliveryReport.ofWords(text, parts.returned(), head);
      return words == null ? report : words;
    }
    boolean failedHeader = headers.has("X-Failed-Recipients");
    if (failedHeader || isFromMailSystem()) {
      MailReport words = DeliveryReport.ofWords(text, parts.returned(), head);
      if (words != null) {
        reasons.add(failedHeader ? "X-Failed-Recipients" : "sent by a mail system");
      }
      return words;
    }
    return isNullSender() ? ofNullSender(parts, text) : null;
  }

  /** Out-of-office answers have no sender either, so a code and an address must be there too. */
  private @Nullable MailReport ofNullSender(PartCollector parts, String text) {
    MailReport words = DeliveryReport.ofWords(text, parts.returned(), head);
    if (words == null || words.recipients().stream().allMatch(one -> one.status() == null)) {
      return null;
    }
    reasons.add("no envelope sender, and a delivery status in the text");
    return words;
  }

  private boolean isFromMailSystem() {
    String from = headers.first("From");
    MailAddress address = head.people().from();
    String local = address == null ? (from == null ? "" : from) : local(address.address());
    String word = local.toLowerCase(Locale.ROOT).replaceAll("[^a-z-].*", "");
    return SYSTEM_SENDERS.contains(word);
  }

  private Origin origin() {
    String submitted = word("Auto-Submitted");
    if (submitted.equals("auto-replied")) {
      return because(Origin.AUTO_REPLY, "Auto-Submitted: auto-replied");
    }
    String precedence = word("Precedence");
    if (precedence.equals("auto_reply") || precedence.equals("auto-reply")) {
      return because(Origin.AUTO_REPLY, "Precedence: " + precedence);
    }
    for (Map.Entry<String, Set<String>> field : AUTO_REPLY_FIELDS.entrySet()) {
      if (headers.has(field.getKey()) && !field.getValue().contains(word(field.getKey()))) {
        return because(Origin.AUTO_REPLY, field.getKey());
      }
    }
    boolean answers = !head.ids().inReplyTo().isEmpty() || !head.ids().references().isEmpty();
    boolean automatic = !submitted.isEmpty() && !submitted.equals("no");
    if (automatic && answers && word("X-Auto-Response-Suppress").contains("all")) {
      return because(Origin.AUTO_REPLY, "Auto-Submitted: " + submitted);
    }
    if (isNullSender()) {
      return because(answers ? Origin.AUTO_REPLY : Origin.GENERATED, "no envelope sender");
    }
    if (automatic) {
      return because(Origin.GENERATED, "Auto-Submitted: " + submitted);
    }
    if (precedence.equals("bulk") || precedence.equals("junk")) {
      return because(Origin.GENERATED, "Precedence: " + precedence);
    }
    boolean unsubscribe = headers.has("List-Unsubscribe") || headers.has("List-Unsubscribe-Post");
    if ((unsubscribe && !headers.has("List-Post")) || headers.has("Feedback-ID")) {
      return because(Origin.GENERATED, unsubscribe ? "List-Unsubscribe" : "Feedback-ID");
    }
    return isFromMailSystem() ? because(Origin.GENERATED, "sent by a mail system") : Origin.PERSON;
  }

  private boolean isList() {
    boolean list =
        headers.has("List-Post")
            || headers.has("List-Id")
            || headers.has("Mailing-List")
            || word("Precedence").equals("list");
    if (list) {
      reasons.add("mailing list");
    }
    return list;
  }

  private boolean asksForSilence() {
    String suppress = word("X-Auto-Response-Suppress");
    MailAddress from = head.people().from();
    String reason = null;
    if (suppress.contains("all") || suppress.contains("autoreply") || suppress.contains("oof")) {
      reason = "X-Auto-Response-Suppress: " + suppress;
    } else if (isNullSender()) {
      reason = "no envelope sender";
    } else if (from == null) {
      reason = "no sender to answer";
    } else if (UNATTENDED.contains(local(from.address()).replaceAll("[^a-z]", ""))) {
      reason = "unattended address";
    } else if (headers.names().stream().anyMatch(name -> name.startsWith("x-shopbell-"))) {
      reason = "sent by a Shopbell";
    } else if (headers.has("X-Loop")) {
      reason = "X-Loop";
    }
    if (reason != null && !reasons.contains(reason)) {
      reasons.add(reason);
    }
    return reason != null;
  }

  private boolean isNullSender() {
    if (envelopeSender != null) {
      return envelopeSender.isBlank();
    }
    String returnPath = headers.first("Return-Path");
    return returnPath != null && returnPath.replace(" ", "").equals("<>");
  }

  private Origin because(Origin origin, String reason) {
    reasons.add(reason);
    return origin;
  }

  /** The value without parameters, comments and case. */
  private String word(String name) {
    String value = headers.text(name);
    if (value == null) {
      return "";
    }
    return value.replaceAll("[;(].*", "").strip().toLowerCase(Locale.ROOT);
  }

  private static String local(String address) {
    int plus = address.indexOf('+');
    int sign = address.lastIndexOf('@');
    int end = plus > 0 && plus < sign ? plus : Math.max(sign, 0);
    return address.substring(0, end).toLowerCase(Locale.ROOT);
  }
}
