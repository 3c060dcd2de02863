package dev.shopbell.channels.email;

import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tells by its words that a program wrote a mail, where its headers do not say so. No phrase
 * decides alone: a person may well write that they are away.
 */
final class MachineWords {
  private static final Map<String, Phrases> PHRASES = Phrases.read("mail-phrases.txt");
  static final Phrases UNDELIVERED_SUBJECT = section("undelivered-subject");
  static final Phrases UNDELIVERED = section("undelivered");
  static final Phrases DELAYED = section("delayed");
  static final Phrases GONE = section("gone");
  private static final Phrases AUTOMATIC_SUBJECT = section("automatic-subject");
  private static final Phrases ABSENCE_SUBJECT = section("absence-subject");
  private static final Phrases ABSENCE = section("absence");
  private static final Phrases AUTOMATIC = section("automatic");
  private static final Phrases ACKNOWLEDGED = section("acknowledged");
  private static final Phrases CHALLENGE = section("challenge");
  private static final Phrases READ_SUBJECT = section("read-subject");
  private static final Phrases UNREAD_SUBJECT = section("unread-subject");
  private static final Phrases READ = section("read");
  private static final Phrases REQUEST = section("request");

  private static final int LONGEST = 4_000;
  private static final int ENOUGH = 5;
  private static final Pattern QUOTE_BEGINS =
      Pattern.compile(
          "(?iu)\\s*(?:-{2,}.{3,60}-{2,}|_{10,}|(?:from|von|de|da|van|från|fra|od|от|kimden|gönderen|差出人|发件人|寄件者|보낸 사람)\\s?[:：].*)");
  private static final Pattern ANSWERS =
      Pattern.compile(
          "(?iu)^\\s*(?:re|aw|antw|sv|vs|odp|ref|rif|r|ynt|回复|回覆|답장|答复)\\s?(?:\\[\\d+])?\\s?[:：].*");
  private static final Pattern TICKET =
      Pattern.compile(
          "(?iu).*(?:[\\[(#][^\\])]{0,30}\\d{3,}[^\\])]{0,30}[\\])]?|\\b(?:ticket|case|request|anfrage|vorgang|incident|demande|caso|zgloszenie|ärende)\\b.{0,20}\\d{2,}).*");
  private static final Pattern BRACKETED =
      Pattern.compile("[\\[(][^\\])]{0,30}\\d{3,}[^\\])]{0,30}[\\])]");
  private static final Pattern COLON = Pattern.compile("[:：]");
  private static final Pattern LINK = Pattern.compile("(?i)https?://|www\\.|mailto:");
  private static final Pattern LOUD_AUTO = Pattern.compile("(?s)^AUTO\\s?:.*");

  private final MailHead head;
  private final String own;
  private final boolean answers;
  private @Nullable Words text;
  private @Nullable Words subject;
  private @Nullable Boolean automatic;

  MachineWords(MailHead head, String text) {
    this.head = head;
    this.own = unquoted(text.length() > LONGEST ? text.substring(0, LONGEST) : text);
    this.answers = !head.ids().inReplyTo().isEmpty() || !head.ids().references().isEmpty();
  }

  private static Phrases section(String name) {
    return Objects.requireNonNull(PHRASES.get(name), name);
  }

  private static String unquoted(String text) {
    StringBuilder own = new StringBuilder(text.length());
    for (String line : text.split("\n", -1)) {
      if (!own.isEmpty() && QUOTE_BEGINS.matcher(line).matches()) {
        break;
      }
      if (!line.startsWith(">")) {
        own.append(line).append('\n');
      }
    }
    return own.toString();
  }

  private Words text() {
    Words words = text == null ? Words.of(own, LONGEST) : text;
    text = words;
    return words;
  }

  private Words subject() {
    Words words = subject == null ? Words.of(head.subject(), 300) : subject;
    subject = words;
    return words;
  }

  /** Whether a sentence says that no person wrote it. */
  private boolean saysAutomatic() {
    Boolean says = automatic == null ? (Boolean) AUTOMATIC.any(text()) : automatic;
    automatic = says;
    return says;
  }

  boolean answers() {
    return answers;
  }

  boolean answersBySubject() {
    return ANSWERS.matcher(head.subject()).matches();
  }

  boolean asks() {
    return own.indexOf('?') >= 0 || own.indexOf('？') >= 0 || REQUEST.any(text());
  }

  /**
   * Whether it calls itself an automatic reply in its subject, as answering programs do: with
   * nothing else in it, or with the subject that it answers behind a colon.
   */
  boolean isNamedAutomatic() {
    int lead = AUTOMATIC_SUBJECT.leading(subject());
    boolean whole = lead > 0 && subject().all().size() <= lead + 1;
    boolean before = lead > 0 && COLON.matcher(head.subject()).find();
    return whole
        || before
        || (lead > 0 && ABSENCE.any(text()))
        || (LOUD_AUTO.matcher(head.subject()).matches() && ABSENCE_SUBJECT.any(subject()));
  }

  boolean isNamedUndelivered() {
    return UNDELIVERED_SUBJECT.leading(subject()) > 0;
  }

  /** Whether any of its words speaks of a program, an absence or a confirmation. */
  boolean hintsAtMachine() {
    return isNamedAutomatic()
        || ABSENCE_SUBJECT.leading(subject()) > 0
        || saysAutomatic()
        || ABSENCE.any(text())
        || ACKNOWLEDGED.any(text());
  }

  /**
   * An out-of-office note that no header tells. A subject as programs write it, a null sender or a
   * sentence that says so must be there, and other signals; a question speaks against it.
   *
   * @param byProgram whether a header says that a program sent it
   */
  boolean isAbsenceNote(boolean byProgram) {
    boolean named = isNamedAutomatic();
    int lead = ABSENCE_SUBJECT.leading(subject());
    if (!named && lead == 0 && !byProgram && !answers) {
      return false;
    }
    boolean more = lead > 0 && head.subject().indexOf(':') > 0;
    boolean says = saysAutomatic();
    int absences = ABSENCE.count(text());
    int score =
        (named ? 4 : 0)
            + (lead > 0 ? 2 : 0)
            + (more ? 1 : 0)
            + Math.min(3, absences)
            + (says ? 2 : 0)
            + (answers ? 1 : 0)
            + (byProgram ? 2 : 0)
            - (asks() ? (named ? 1 : 3) : 0)
            - (text().all().size() > 250 ? 1 : 0);
    boolean machine = named || byProgram || says || (lead > 0 && (answers || more));
    return machine && (named || absences > 0) && score >= ENOUGH;
  }

  /** “We have received your request [#123]”, as ticket systems of other companies answer. */
  boolean isAcknowledgement(boolean automatic) {
    if (automatic) {
      int said = ACKNOWLEDGED.count(text());
      boolean ticket = TICKET.matcher(head.subject()).matches();
      return said >= 2 || (said >= 1 && (ticket || answers || saysAutomatic()));
    }
    boolean numbered = answers && BRACKETED.matcher(head.subject()).find();
    return (numbered || saysAutomatic()) && ACKNOWLEDGED.count(text()) >= 2 && !REQUEST.any(text());
  }

  /**
   * “Click here to prove that you are a person.”
   *
   * @param known whether its sender is a service that does that
   * @param machine whether headers say that a program sent it
   */
  boolean isChallenge(boolean known, boolean machine) {
    if (!known && !machine && !answers && !saysAutomatic()) {
      return false;
    }
    int enough = known ? 1 : machine || saysAutomatic() ? 2 : 4;
    int said = CHALLENGE.count(text()) + (CHALLENGE.any(subject()) ? 1 : 0);
    return said >= enough && (answers || LINK.matcher(own).find());
  }

  /** What Outlook sends as plain text: “Read: subject” and “was read on …”. */
  MailReport.@Nullable Action disposition() {
    if (own.length() > 1_500 || !COLON.matcher(head.subject()).find()) {
      return null;
    }
    if (UNREAD_SUBJECT.leading(subject()) > 0 && !asks()) {
      return READ.any(text()) || UNREAD_SUBJECT.any(text()) ? MailReport.Action.DELETED : null;
    }
    return READ_SUBJECT.leading(subject()) > 0 && READ.any(text()) && !asks()
        ? MailReport.Action.READ
        : null;
  }
}
