package dev.shopbell.channels.email;

import dev.shopbell.conversations.Arrival;
import dev.shopbell.conversations.Assessment;
import dev.shopbell.conversations.AttachmentFile;
import dev.shopbell.conversations.Authentication;
import dev.shopbell.conversations.Conversations;
import dev.shopbell.conversations.Correspondent;
import dev.shopbell.conversations.Incoming;
import dev.shopbell.conversations.MessageKind;
import dev.shopbell.conversations.Recipient;
import dev.shopbell.customers.FreeMail;
import dev.shopbell.platform.SecretKey;
import dev.shopbell.platform.files.FileStore;
import dev.shopbell.platform.html.HtmlSanitizer;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Makes of a stored mail what the inbox takes. */
@Component
class MailReader {
  private static final int MOST_REFERENCES = 20;

  /** So many of the messages it names are asked for their texts: what it quotes is near. */
  private static final int NAMED = 3;

  private static final int LONGEST_ID = 250;
  private static final Pattern NO_REPLY =
      Pattern.compile("^(?:no|do[-_.]?not|dont)[-_.]?reply\\b", Pattern.CASE_INSENSITIVE);

  private static final List<String> ORIGINAL_AUTHOR =
      List.of("X-Original-From", "X-Google-Original-From", "X-Original-Sender");

  private final MailParser parser = new MailParser();
  private final HtmlSanitizer sanitizer;
  private final FileStore files;
  private final SignedAddress signedAddress;
  private final Mailboxes mailboxes;
  private final SpamFilter spam;

  MailReader(
      HtmlSanitizer sanitizer,
      FileStore files,
      SignedAddress signedAddress,
      Mailboxes mailboxes,
      SpamFilter spam) {
    this.spam = spam;
    this.sanitizer = sanitizer;
    this.files = files;
    this.signedAddress = signedAddress;
    this.mailboxes = mailboxes;
  }

  /**
   * @throws IOException if the stored bytes cannot be read or an attachment cannot be stored, never
   *     for what the mail says
   */
  ParsedMail parse(StoredMail mail) throws IOException {
    return parser.parse(
        source(mail),
        mail.envelopeFrom(),
        content -> {
          FileStore.StoredFile stored = files.store(content);
          return new StoredAttachment(stored.hash(), stored.size());
        });
  }

  /** The same, with nothing of it kept. */
  ParsedMail peek(StoredMail mail) throws IOException {
    return parser.parse(
        source(mail),
        mail.envelopeFrom(),
        content -> new StoredAttachment("", content.transferTo(OutputStream.nullOutputStream())));
  }

  /** The messages that it answers, as far as it names them; the closest first. */
  static List<Conversations.MessageKey> answered(StoredMail mail, ParsedMail parsed) {
    return referencesOf(parsed).stream()
        .limit(NAMED)
        .map(id -> new Conversations.MessageKey(mail.brandId(), id))
        .toList();
  }

  /**
   * @param thread the texts of the newest messages of the conversation that it answers
   */
  Incoming incoming(StoredMail mail, ParsedMail parsed, List<String> thread) {
    Set<String> contentIds = new HashSet<>();
    parsed.attachments().stream()
        .map(MailAttachment::contentId)
        .filter(Objects::nonNull)
        .forEach(contentIds::add);
    String html = parsed.html();
    HtmlSanitizer.Sanitized safe =
        html == null
            ? null
            : sanitizer.sanitize(html, id -> contentIds.contains(id) ? "cid:" + id : null);
    boolean ownList = isOwnList(mail, parsed);
    MailAddress from = author(mail.brandId(), parsed, ownList);
    MessageKind kind =
        MailKinds.kind(
            parsed.signals(),
            ownList || isAlsoToUs(mail.brandId(), parsed),
            parsed.from() != null
                && mailboxes.isOwnDomain(mail.brandId(), parsed.from().address()));
    Authentication authentication = SenderCheck.asOf(mail.authentication(), from, parsed.from());
    // Whoever names somebody else as the author proves no part in what that person wrote before;
    // but
    // for a group of the shop itself, which any mail can claim to be, and its domain alone can
    // prove.
    boolean speaksForAnother =
        from != null
            && parsed.from() != null
            && !from.address().equalsIgnoreCase(parsed.from().address())
            && !(ownList
                && mailboxes.isOwnDomain(mail.brandId(), parsed.from().address())
                && passed(mail.authentication()));
    String first = mail.recipients().isEmpty() ? null : mail.recipients().getFirst();
    return new Incoming(
        mail.brandId(),
        EmailChannel.NAME,
        kind,
        new Correspondent(from == null ? null : from.name(), from == null ? null : from.address()),
        recipients(mail.brandId(), parsed, from, ownList),
        parsed.subject().isBlank() ? "(no subject)" : parsed.subject(),
        parsed.text(),
        OwnText.of(parsed.text(), html, thread, parsed.subject()),
        safe == null ? null : safe.html(),
        safe == null ? 0 : safe.remoteImages(),
        parsed.attachments().stream().map(MailReader::file).toList(),
        externalId(mail, parsed.messageId()),
        speaksForAnother ? List.of() : referencesOf(parsed),
        speaksForAnother ? null : signedConversation(mail, parsed),
        first == null
            ? null
            : mailboxes.destination(first).map(Mailboxes.Destination::address).orElse(null),
        parsed.contentHash(),
        MailKinds.report(parsed.signals()),
        parsed.problem(),
        new Assessment(
            kind == MessageKind.message ? null : MailKinds.reason(parsed.signals()),
            parsed.marks(),
            authentication,
            spamReason(mail) != null
                ? spamReason(mail)
                : spam.reason(
                    mail.brandId(),
                    parsed,
                    kind,
                    from == null ? null : from.address(),
                    authentication),
            parsed.appointment()),
        true,
        false,
        mail.receivedAt(),
        arrival(mail));
  }

  /** What stands in the inbox for a mail that could not be taken in as it is. */
  static Incoming unreadable(StoredMail mail) {
    return new Incoming(
        mail.brandId(),
        EmailChannel.NAME,
        MessageKind.message,
        new Correspondent(
            null,
            mail.envelopeFrom() == null || mail.envelopeFrom().isBlank()
                ? null
                : mail.envelopeFrom()),
        List.of(),
        "(a mail that could not be read)",
        "",
        null,
        null,
        0,
        List.of(),
        externalId(mail, null),
        List.of(),
        null,
        null,
        null,
        null,
        "This mail could not be read. Its original is kept.",
        new Assessment(null, Set.of(), null, spamReason(mail), null),
        true,
        false,
        mail.receivedAt(),
        arrival(mail));
  }

  /**
   * Whom the mail is from. Shops' own contact forms write from an address of the shop or from one
   * that nobody reads, and name the customer in Reply-To. A group of the shop puts its own address
   * in From, and the customer's elsewhere.
   */
  private @Nullable MailAddress author(long brandId, ParsedMail parsed, boolean ownList) {
    MailHead.People people = parsed.head().people();
    MailAddress from = people.from();
    if (from == null) {
      List<MailAddress> replyTo = people.replyTo();
      from = people.sender() != null || replyTo.isEmpty() ? people.sender() : replyTo.getFirst();
    }
    if (from == null || (parsed.signals().mailingList() && !ownList)) {
      return from;
    }
    boolean program = !FreeMail.isFree(Mailboxes.domain(from.address()));
    boolean onBehalf =
        mailboxes.isOwn(brandId, from.address())
            || (program && NO_REPLY.matcher(from.address()).find())
            || (program && SignalReader.sendsForms(from.address()))
            || (ownList
                && parsed.signals().lists().contains(from.address().toLowerCase(Locale.ROOT)));
    if (!onBehalf) {
      return from;
    }
    List<MailAddress> named = new ArrayList<>();
    if (ownList) {
      for (String header : ORIGINAL_AUTHOR) {
        MailAddress original = AddressHeader.first(parsed.headers().text(header));
        if (original != null) {
          named.add(original);
        }
      }
    }
    List<MailAddress> replyTo = parsed.head().people().replyTo();
    if (replyTo.size() == 1) {
      named.addAll(replyTo);
    }
    return named.stream()
        .filter(one -> !mailboxes.isOwn(brandId, one.address()))
        .filter(one -> !parsed.signals().lists().contains(one.address().toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElse(from);
  }

  /** A group address of the shop passes customers' mail on as a list does. */
  private boolean isOwnList(StoredMail mail, ParsedMail parsed) {
    return parsed.signals().lists().stream()
        .anyMatch(list ->
            mailboxes.isOwn(mail.brandId(), list)
                || mailboxes.isOwnDomain(mail.brandId(), list)
                || mail.recipients().stream().anyMatch(list::equalsIgnoreCase));
  }

  /** Answered over a list, but to us as well. */
  private boolean isAlsoToUs(long brandId, ParsedMail parsed) {
    return !parsed.inReplyTo().isEmpty()
        && Stream.concat(parsed.head().people().to().stream(), parsed.head().people().cc().stream())
            .anyMatch(to -> mailboxes.isOwn(brandId, to.address()));
  }

  private MailSource source(StoredMail mail) {
    byte[] raw = mail.raw();
    return raw != null ? MailSource.of(raw) : () -> files.open(Objects.requireNonNull(mail.file()));
  }

  private List<Recipient> recipients(
      long brandId, ParsedMail parsed, @Nullable MailAddress from, boolean ownList) {
    MailHead.People people = parsed.head().people();
    return Stream.of(
            of("to", people.to()),
            of("cc", people.cc()),
            of("reply-to", answersElsewhere(brandId, parsed, from, ownList)))
        .flatMap(recipients -> recipients.limit(200))
        .toList();
  }

  private static Stream<Recipient> of(String kind, List<MailAddress> addresses) {
    return addresses.stream().map(one -> new Recipient(kind, one.name(), one.address()));
  }

  /**
   * Where the mail asks to be answered, if that is not where it came from; a list speaks for
   * itself.
   */
  private List<MailAddress> answersElsewhere(
      long brandId, ParsedMail parsed, @Nullable MailAddress from, boolean ownList) {
    List<MailAddress> replyTo =
        parsed.head().people().replyTo().stream()
            .filter(one ->
                !mailboxes.isOwn(brandId, one.address())
                    && signedAddress.conversation(one.address()).isEmpty()
                    && !parsed.signals().lists().contains(one.address().toLowerCase(Locale.ROOT)))
            .toList();
    boolean same =
        from != null
            && replyTo.size() == 1
            && replyTo.getFirst().address().equalsIgnoreCase(from.address());
    return same || (parsed.signals().mailingList() && !ownList) ? List.of() : replyTo;
  }

  /** The closest first: what a bounce is about, In-Reply-To, then References from its end. */
  static List<String> referencesOf(ParsedMail parsed) {
    Set<String> ids = new LinkedHashSet<>();
    MailReport report = parsed.signals().report();
    if (report != null && report.originalMessageId() != null) {
      ids.add(shortened(report.originalMessageId()));
    }
    parsed.inReplyTo().forEach(id -> ids.add(shortened(id)));
    parsed.references().reversed().forEach(id -> ids.add(shortened(id)));
    return ids.stream().limit(MOST_REFERENCES).toList();
  }

  /**
   * The Message-ID. A mail without one that was read from an account gets one made of its bytes,
   * for it may be read again, from another folder or under another UID. By SMTP the same bytes
   * twice are two mails.
   */
  private static @Nullable String externalId(StoredMail mail, @Nullable String messageId) {
    if (messageId != null) {
      return shortened(messageId);
    }
    if (mail.fetched() == null) {
      return null;
    }
    byte[] raw = mail.raw();
    String hash = raw == null ? mail.file() : SecretKey.fingerprint(raw);
    return "sha256-" + hash + "@no-message-id.invalid";
  }

  private static boolean passed(@Nullable Authentication authentication) {
    return authentication != null && authentication.verdict() == Authentication.Verdict.passed;
  }

  private static @Nullable String spamReason(StoredMail mail) {
    return mail.fetched() != null && mail.fetched().folder() == FolderRole.junk
        ? "The mail server had put it into its junk folder."
        : null;
  }

  private static Arrival arrival(StoredMail mail) {
    StoredMail.Fetched fetched = mail.fetched();
    if (fetched == null || !fetched.imported()) {
      return Arrival.live;
    }
    return switch (fetched.folder()) {
      case sent -> Arrival.earlier_answer;
      case inbox, other, junk -> fetched.answered() ? Arrival.earlier_answered : Arrival.earlier;
    };
  }

  /** Ids are indexed, and an index holds no novels. */
  private static String shortened(String id) {
    return id.length() <= LONGEST_ID
        ? id
        : "sha256-" + SecretKey.fingerprint(id) + "@shortened.invalid";
  }

  private @Nullable Long signedConversation(StoredMail mail, ParsedMail parsed) {
    List<String> addresses = new ArrayList<>(mail.recipients());
    parsed.head().people().to().forEach(to -> addresses.add(to.address()));
    parsed.head().people().cc().forEach(cc -> addresses.add(cc.address()));
    return addresses.stream()
        .flatMap(address -> signedAddress.conversation(address).stream())
        .findFirst()
        .orElse(null);
  }

  private static AttachmentFile file(MailAttachment attachment) {
    return new AttachmentFile(
        attachment.name(),
        attachment.contentType(),
        attachment.size(),
        attachment.stored().sha256(),
        attachment.contentId(),
        attachment.inline());
  }
}
