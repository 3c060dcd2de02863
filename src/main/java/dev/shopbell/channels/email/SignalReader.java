package dev.shopbell.channels.email;

import dev.shopbell.channels.email.MailSignals.Origin;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tells machines from people by what RFC 3834 asks for and by what programs send instead. In doubt
 * a mail is a person's.
 */
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
          Map.entry("x-autoresponse", Set.of("no", "false")),
          Map.entry("x-auto-respond", Set.of("no", "false")),
          Map.entry("x-autoreply-from", Set.of()),
          Map.entry("x-autoreply-domain", Set.of()),
          Map.entry("x-mail-autoreply", Set.of("no", "false")),
          Map.entry("x-vacation", Set.of("no", "false")),
          Map.entry("x-vacation-message", Set.of("no", "false")),
          Map.entry("x-away-message", Set.of()),
          Map.entry("x-out-of-office", Set.of("no", "false")),
          Map.entry("x-ooo", Set.of("no", "false")),
          Map.entry("x-yandex-autoreply", Set.of("no", "false")),
          Map.entry("x-mailru-autoreply", Set.of("no", "false")),
          Map.entry("x-fc-machinegenerated", Set.of("no", "false")),
          Map.entry("x-post-messageclass", Set.of("0")));

  /** Of a list of bulk senders, not of a person's program. */
  private static final List<String> BULK_FIELDS =
      List.of(
          "x-csa-complaints",
          "x-campaign",
          "x-campaignid",
          "x-campaign-id",
          "x-mailchimp-id",
          "x-mc-user",
          "x-mailingid",
          "x-phplist-version",
          "x-newsletter",
          "x-cmail-recipientid",
          "x-rpcampaign");

  private static final Set<String> UNATTENDED =
      Set.of(
          "noreply",
          "donotreply",
          "dontreply",
          "donotrespond",
          "nepasrepondre",
          "noresponder",
          "norespondere",
          "nonrispondere",
          "naoresponda",
          "nichtantworten",
          "keineantwort",
          "nietantwoorden",
          "svarinte",
          "svaraej",
          "bounce",
          "bounces",
          "notification",
          "notifications",
          "notify",
          "mailer",
          "autoreply",
          "automailer",
          "automated",
          "unattended",
          "unmonitored");

  /** From which sites send what visitors fill in. */
  private static final Pattern FORM =
      Pattern.compile(
          "(?:wordpress|mailer|form|forms|formular|kontaktformular|contactform|webform|webforms|website|submissions?"
              + "|formsubmission|formresponses|apache|wwwdata|nobody|web|wpforms|ninjaforms|jotform|typeform)");

  private static final Stems CHALLENGERS =
      Stems.of(
          "boxbe spamarrest mailinblack sendio bluebottle choicemail spamlion knowspam 0spam tmda antispamuol"
              + " antispam.uol spamblocker mailblocks vanquish spamguard challenge");
  private static final List<String> CHALLENGE_FIELDS =
      List.of("x-tmda", "x-spamarrest", "x-boxbe", "x-mailinblack", "x-ask-auth", "x-challenge");

  private static final Pattern EMAIL_LABEL =
      Pattern.compile(
          "(?im)^[ \\t*]*(?:your |ihre |votre |tu |su )?(?:e-?mail|mail|e-?post|correo|courriel|adresse e-?mail)[^:\\n]{0,30}[:=\\s]\\s*\\S+@\\S+");

  private final MailHead head;
  private final MailHeaders headers;
  private final boolean nullSender;
  private final List<String> reasons = new ArrayList<>();

  SignalReader(MailHead head, @Nullable String envelopeSender) {
    this.head = head;
    this.headers = head.headers();
    this.nullSender = isNullSender(headers, envelopeSender);
  }

  MailSignals read(PartCollector parts, String text) {
    MachineWords words = new MachineWords(head, text);
    ReportFinder.Found found = new ReportFinder(head, nullSender, words).find(parts, text);
    Origin origin;
    if (found != null) {
      reasons.add(found.reason());
      origin = Origin.REPORT;
    } else {
      origin = origin(words, parts, text);
    }
    boolean list = MailingLists.isList(headers) || word("Precedence").equals("list");
    List<String> lists = list ? MailingLists.addresses(headers) : List.of();
    if (list) {
      reasons.add(
          "It came over a mailing list" + (lists.isEmpty() ? "." : ": " + lists.getFirst()));
    }
    boolean silent = asksForSilence();
    return new MailSignals(
        origin, list, lists, silent, found == null ? null : found.report(), List.copyOf(reasons));
  }

  private Origin origin(MachineWords words, PartCollector parts, String text) {
    String submitted = word("Auto-Submitted");
    String precedence = word("Precedence");
    boolean automatic =
        !submitted.isEmpty() && !submitted.equals("no") && !submitted.equals("auto-forwarded");
    boolean forwarded = headers.has("Resent-From") || submitted.equals("auto-forwarded");
    boolean bulk = precedence.equals("bulk") || precedence.equals("junk");
    boolean unattended = isUnattended();
    String field = autoReplyField();
    boolean machine = automatic || bulk || nullSender || unattended || field != null;
    if (words.isChallenge(isChallenger(), machine)) {
      return because(
          Origin.CHALLENGE,
          "It asks us to prove that we are a person before a mail is let through.");
    }
    if (submitted.equals("auto-replied") || submitted.equals("auto-notified")) {
      return because(
          submitted.equals("auto-replied") ? Origin.AUTO_REPLY : Origin.GENERATED,
          "Its sender says that a program wrote it (Auto-Submitted: " + submitted + ").");
    }
    if (precedence.equals("auto_reply") || precedence.equals("auto-reply")) {
      return because(
          Origin.AUTO_REPLY,
          "Its sender says that a program answered (Precedence: " + precedence + ").");
    }
    if (field != null) {
      return because(
          Origin.AUTO_REPLY, "It bears a header that only answering programs set (" + field + ").");
    }
    if (forwarded) {
      return Origin.PERSON;
    }
    boolean form = isForm(text);
    boolean exchange =
        headers.has("X-MS-Exchange-Inbox-Rules-Loop")
            || headers.has("X-MS-Exchange-Generated-Message-Source");
    if (!form && (words.isNamedAutomatic() && (machine || exchange || words.answers()))) {
      return because(Origin.AUTO_REPLY, "It calls itself an automatic reply.");
    }
    if (automatic && !form) {
      return automatic(words, submitted);
    }
    if (nullSender) {
      return ofNullSender(words);
    }
    if (words.isAbsenceNote(bulk)) {
      return because(
          Origin.AUTO_REPLY, "Its subject and words are those of an out-of-office note.");
    }
    if (words.isAcknowledgement(machine && !form)) {
      return because(
          Origin.AUTO_REPLY, "Its words are those of a program that confirms what it received.");
    }
    if (form) {
      return Origin.PERSON;
    }
    return generated(words, parts, bulk ? precedence : null, unattended);
  }

  /** What says of itself that no person wrote it. */
  private Origin automatic(MachineWords words, String submitted) {
    boolean suppresses = word("X-Auto-Response-Suppress").contains("all");
    boolean answers = words.answers();
    if (answers && suppresses && !isTicketSystem()) {
      return because(
          Origin.AUTO_REPLY,
          "Its sender says that a program wrote it (Auto-Submitted: " + submitted + ").");
    }
    if (words.isAbsenceNote(true)) {
      return because(
          Origin.AUTO_REPLY, "A program wrote it; its words are those of an absence note.");
    }
    if (words.isAcknowledgement(true)) {
      return because(Origin.AUTO_REPLY, "A program wrote it to confirm what it received.");
    }
    if (answers && words.answersBySubject()) {
      if (isTicketSystem()) {
        // Help desks mark what their people write, too.
        return Origin.PERSON;
      }
      return because(
          Origin.AUTO_REPLY,
          "Its sender says that a program wrote it (Auto-Submitted: " + submitted + ").");
    }
    return because(
        Origin.GENERATED,
        "Its sender says that a program wrote it (Auto-Submitted: " + submitted + ").");
  }

  /** Only programs send without an address to return to; but some forwarders take it off. */
  private Origin ofNullSender(MachineWords words) {
    if (words.isAcknowledgement(true) || words.isAbsenceNote(true)) {
      return because(
          Origin.AUTO_REPLY,
          "It came without an address to return to, and its words are a program's.");
    }
    if (words.asks() && !words.hintsAtMachine() && !isUnattended()) {
      return Origin.PERSON;
    }
    if (words.answers()) {
      return because(Origin.AUTO_REPLY, "It answers, and came without an address to return to.");
    }
    if (isUnattended() || isMailSystem()) {
      return because(Origin.GENERATED, "It came without an address to return to.");
    }
    return words.hintsAtMachine()
        ? because(
            Origin.AUTO_REPLY,
            "It came without an address to return to, and its words are a program's.")
        : Origin.PERSON;
  }

  private Origin generated(
      MachineWords words, PartCollector parts, @Nullable String precedence, boolean unattended) {
    boolean conversation = words.answers() && words.answersBySubject() && !unattended;
    boolean unsubscribe = headers.has("List-Unsubscribe") || headers.has("List-Unsubscribe-Post");
    if (unsubscribe && !headers.has("List-Post") && !conversation) {
      return because(
          Origin.GENERATED, "It can be unsubscribed from: a newsletter or a notification.");
    }
    if (precedence != null && !conversation) {
      return because(Origin.GENERATED, "It was sent in bulk (Precedence: " + precedence + ").");
    }
    if (!conversation
        && (BULK_FIELDS.stream().anyMatch(headers::has) || headers.has("Feedback-ID"))) {
      return because(Origin.GENERATED, "It was sent by a bulk mailer.");
    }
    if (isMailSystem() || parts.rootType().value().equals("multipart/report")) {
      return because(Origin.GENERATED, "It was sent by a mail system.");
    }
    return unattended
        ? because(Origin.UNATTENDED, "It comes from an address that nobody reads.")
        : Origin.PERSON;
  }

  private @Nullable String autoReplyField() {
    for (Map.Entry<String, Set<String>> field : AUTO_REPLY_FIELDS.entrySet()) {
      if (headers.has(field.getKey()) && !field.getValue().contains(word(field.getKey()))) {
        return field.getKey();
      }
    }
    return null;
  }

  private boolean isTicketSystem() {
    String mailer = word("X-Mailer");
    return mailer.contains("zendesk")
        || mailer.contains("freshdesk")
        || mailer.contains("help scout")
        || headers.names().stream()
            .anyMatch(name ->
                name.startsWith("x-zendesk")
                    || name.startsWith("x-freshdesk")
                    || name.startsWith("x-fd-")
                    || name.startsWith("x-helpscout")
                    || name.startsWith("x-otrs")
                    || name.startsWith("x-gorgias")
                    || name.startsWith("rt-ticket")
                    || name.startsWith("x-rt-"));
  }

  private boolean isChallenger() {
    MailAddress from = head.people().from();
    return (from != null && CHALLENGERS.anyIn(from.address() + " " + from.name()))
        || CHALLENGERS.anyIn(word("Sender") + word("X-Mailer"))
        || headers.names().stream()
            .anyMatch(name -> CHALLENGE_FIELDS.stream().anyMatch(name::startsWith));
  }

  /** What a visitor filled in on a site: a program sends it, a person wrote it. */
  private boolean isForm(String text) {
    MailAddress from = head.people().from();
    List<MailAddress> replyTo = head.people().replyTo();
    if (from == null || headers.has("List-Unsubscribe") || MailingLists.isList(headers)) {
      return false;
    }
    boolean program = isUnattended() || sendsForms(from.address());
    if (replyTo.isEmpty()) {
      return program
          && EMAIL_LABEL.matcher(text.length() > 4_000 ? text.substring(0, 4_000) : text).find();
    }
    String to = replyTo.getFirst().address();
    if (replyTo.size() != 1 || to.equalsIgnoreCase(from.address())) {
      return false;
    }
    boolean elsewhere = !domain(to).equals(domain(from.address()));
    return !UNATTENDED.contains(letters(to))
        && ((program && elsewhere)
            || text.toLowerCase(Locale.ROOT).contains(to.toLowerCase(Locale.ROOT)));
  }

  /** Whether sites send from such an address what their visitors fill in. */
  static boolean sendsForms(String address) {
    return FORM.matcher(letters(address)).matches();
  }

  private boolean isUnattended() {
    MailAddress from = head.people().from();
    return from != null && UNATTENDED.contains(letters(from.address()));
  }

  private boolean isMailSystem() {
    return ReportFinder.isDaemon(head);
  }

  private boolean asksForSilence() {
    String suppress = word("X-Auto-Response-Suppress");
    String reason = null;
    if (suppress.contains("all") || suppress.contains("autoreply") || suppress.contains("oof")) {
      reason = "Its sender wants no automatic answer.";
    } else if (nullSender) {
      reason = "It came without an address to return to.";
    } else if (head.people().from() == null) {
      reason = "It names nobody to answer.";
    } else if (isUnattended()) {
      reason = "It comes from an address that nobody reads.";
    } else if (headers.names().stream().anyMatch(name -> name.startsWith("x-shopbell-"))) {
      reason = "Another Shopbell sent it.";
    } else if (headers.has("X-Loop")) {
      reason = "It bears the mark of an answering program (X-Loop).";
    }
    if (reason != null && !reasons.contains(reason)) {
      reasons.add(reason);
    }
    return reason != null;
  }

  static boolean isNullSender(MailHeaders headers, @Nullable String envelopeSender) {
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

  /** The letters of the part before the sign and before a plus or a number. */
  private static String letters(String address) {
    int plus = address.indexOf('+');
    int sign = address.lastIndexOf('@');
    int end = plus > 0 && plus < sign ? plus : Math.max(sign, 0);
    return address.substring(0, end).toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
  }

  private static String domain(String address) {
    String host = address.substring(address.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT);
    String[] labels = host.split("\\.", -1);
    int from = Math.max(0, labels.length - 2);
    return String.join(".", java.util.Arrays.copyOfRange(labels, from, labels.length));
  }
}
