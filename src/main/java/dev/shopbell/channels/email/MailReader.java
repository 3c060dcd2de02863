package dev.shopbell.channels.email;

import dev.shopbell.conversations.Assessment;
import dev.shopbell.conversations.AttachmentFile;
import dev.shopbell.conversations.Conversations;
import dev.shopbell.conversations.Correspondent;
import dev.shopbell.conversations.Incoming;
import dev.shopbell.conversations.MessageKind;
import dev.shopbell.conversations.Recipient;
import dev.shopbell.platform.SecretKey;
import dev.shopbell.platform.files.FileStore;
import dev.shopbell.platform.html.HtmlSanitizer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Makes of a stored mail what the inbox takes. */
@Component
class MailReader {
  private static final int MOST_REFERENCES = 50;

  /** So many of the messages it names are asked for their texts: what it quotes is near. */
  private static final int NAMED = 3;

  private static final int LONGEST_ID = 250;
  private static final Pattern NO_REPLY =
      Pattern.compile("^(?:no|do[-_.]?not|dont)[-_.]?reply\\b", Pattern.CASE_INSENSITIVE);

  private final MailParser parser = new MailParser();
  private final HtmlSanitizer sanitizer;
  private final FileStore files;
  private final SignedAddress signedAddress;
  private final Mailboxes mailboxes;

  MailReader(
      HtmlSanitizer sanitizer, FileStore files, SignedAddress signedAddress, Mailboxes mailboxes) {
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

  /** The messages that it answers, as far as it names them; the closest first. */
  static List<Conversations.MessageKey> answered(StoredMail mail, ParsedMail parsed) {
    return references(parsed).stream()
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
    MailAddress from = author(mail.brandId(), parsed);
    String first = mail.recipients().isEmpty() ? null : mail.recipients().getFirst();
    return new Incoming(
        mail.brandId(),
        EmailChannel.NAME,
        kind(parsed.signals()),
        new Correspondent(from == null ? null : from.name(), from == null ? null : from.address()),
        recipients(mail.brandId(), parsed),
        parsed.subject().isBlank() ? "(no subject)" : parsed.subject(),
        parsed.text(),
        OwnText.of(parsed.text(), html, thread),
        safe == null ? null : safe.html(),
        safe == null ? 0 : safe.remoteImages(),
        parsed.attachments().stream().map(MailReader::file).toList(),
        parsed.messageId() == null ? null : shortened(parsed.messageId()),
        references(parsed),
        signedConversation(mail, parsed),
        first == null
            ? null
            : mailboxes.destination(first).map(Mailboxes.Destination::address).orElse(null),
        parsed.contentHash(),
        bounce(parsed.signals()),
        parsed.problem(),
        new Assessment(
            kindReason(parsed.signals()),
            Set.of(),
            SenderCheck.asOf(mail.authentication(), from),
            null),
        true,
        false,
        mail.receivedAt());
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
        null,
        List.of(),
        null,
        null,
        null,
        null,
        "This mail could not be read. Its original is kept.",
        new Assessment(null, Set.of(), null, null),
        true,
        false,
        mail.receivedAt());
  }

  /**
   * Whom the mail is from. Shops' own contact forms write from an address of the shop or from one
   * that nobody reads, and name the customer in Reply-To.
   */
  private @Nullable MailAddress author(long brandId, ParsedMail parsed) {
    MailAddress from = parsed.from();
    List<MailAddress> replyTo = parsed.head().people().replyTo();
    if (from == null || replyTo.size() != 1 || parsed.signals().mailingList()) {
      return from;
    }
    boolean onBehalf =
        mailboxes.isOwn(brandId, from.address()) || NO_REPLY.matcher(from.address()).find();
    return onBehalf && !mailboxes.isOwn(brandId, replyTo.getFirst().address())
        ? replyTo.getFirst()
        : from;
  }

  private MailSource source(StoredMail mail) {
    byte[] raw = mail.raw();
    return raw != null ? MailSource.of(raw) : () -> files.open(Objects.requireNonNull(mail.file()));
  }

  private static MessageKind kind(MailSignals signals) {
    if (signals.isBounce()) {
      return MessageKind.bounce;
    }
    return switch (signals.origin()) {
      case AUTO_REPLY, REPORT -> MessageKind.auto_reply;
      case GENERATED -> MessageKind.list;
      case PERSON -> signals.mailingList() ? MessageKind.list : MessageKind.message;
    };
  }

  private static @Nullable String kindReason(MailSignals signals) {
    return kind(signals) == MessageKind.message || signals.reasons().isEmpty()
        ? null
        : signals.reasons().getFirst();
  }

  private List<Recipient> recipients(long brandId, ParsedMail parsed) {
    MailHead.People people = parsed.head().people();
    return Stream.of(
            of("to", people.to()),
            of("cc", people.cc()),
            of("reply-to", answersElsewhere(brandId, parsed)))
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
  private List<MailAddress> answersElsewhere(long brandId, ParsedMail parsed) {
    MailAddress from = author(brandId, parsed);
    List<MailAddress> replyTo =
        parsed.head().people().replyTo().stream()
            .filter(one ->
                !mailboxes.isOwn(brandId, one.address())
                    && signedAddress.conversation(one.address()).isEmpty())
            .toList();
    boolean same =
        from != null
            && replyTo.size() == 1
            && replyTo.getFirst().address().equalsIgnoreCase(from.address());
    return same || parsed.signals().mailingList() ? List.of() : replyTo;
  }

  /** The closest first: what a bounce is about, In-Reply-To, then References from its end. */
  private static List<String> references(ParsedMail parsed) {
    Set<String> ids = new LinkedHashSet<>();
    MailReport report = parsed.signals().report();
    if (report != null && report.originalMessageId() != null) {
      ids.add(shortened(report.originalMessageId()));
    }
    parsed.inReplyTo().forEach(id -> ids.add(shortened(id)));
    parsed.references().reversed().forEach(id -> ids.add(shortened(id)));
    return ids.stream().limit(MOST_REFERENCES).toList();
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

  private static Incoming.@Nullable Bounce bounce(MailSignals signals) {
    MailReport report = signals.report();
    if (report == null || !report.isBounce()) {
      return null;
    }
    return report.recipients().stream()
        .filter(recipient -> recipient.action() == MailReport.Action.FAILED)
        .findFirst()
        .map(recipient ->
            new Incoming.Bounce(
                recipient.address(),
                recipient.isPermanent(),
                "Not delivered"
                    + (recipient.status() == null ? "" : " (" + recipient.status() + ")")
                    + ": "
                    + (recipient.diagnostic() == null
                        ? "the other server gave no reason"
                        : recipient.diagnostic())))
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
