package dev.shopbell.channels.email;

import dev.shopbell.conversations.Appointment;
import dev.shopbell.platform.html.HtmlText;
import dev.shopbell.platform.html.PlainText;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PushbackInputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads any bytes as a mail. What a mail says never makes it fail: what cannot be read is described
 * in {@link ParsedMail#problem()}. Memory is bounded by the limits on text, not by the size of the
 * mail.
 */
final class MailParser {
  private static final int MAX_SALVAGED = 1_000_000;
  private static final int MAX_SUBJECT = 1_000;
  private static final int MAX_FORWARDED_WITHIN = 3;
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  /** Without any of these, bytes are no mail, whatever colons they hold. */
  static final List<String> MARKS_OF_A_MAIL =
      List.of(
          "from",
          "to",
          "subject",
          "date",
          "message-id",
          "received",
          "mime-version",
          "return-path",
          "content-type",
          "sender",
          "reply-to",
          "cc",
          "bcc",
          "delivered-to",
          "x-mailer",
          "in-reply-to",
          "references",
          "list-id",
          "auto-submitted");

  private final int depth;

  MailParser() {
    this(0);
  }

  private MailParser(int depth) {
    this.depth = depth;
  }

  /**
   * Reads one mail.
   *
   * @param envelopeSender the sender of the SMTP dialogue, empty for the null sender of bounces,
   *     null when it is not known
   * @throws IOException when the source cannot be read or the sink fails, never for the content
   */
  ParsedMail parse(MailSource source, @Nullable String envelopeSender, AttachmentSink sink)
      throws IOException {
    Problems problems = new Problems();
    MailHeaders.Collector headers = new MailHeaders.Collector();
    byte[] digest;
    PartCollector parts;
    try (BodyDigest mail = new BodyDigest(open(source))) {
      parts = new PartCollector(sink, mail, problems);
      HeadReader head = new HeadReader(LineEnds.even(mail), headers);
      new MimeWalk(parts, problems).through(head.read());
      if (headers.isCut() || head.isCut()) {
        problems.add("The mail has more or longer header lines than can be kept; they were cut.");
      }
      digest = mail.finish();
    }
    MailHeaders top = headers.collected();
    TextBody body = parts.body();
    if ((parts.brokeOff() && body.isBlank()) || !isMail(top)) {
      byte[] start = start(source);
      top = isMail(top) ? top : MailHeaders.NONE;
      body = asItCame(start, problems);
    }
    MailHead head = head(top);
    body = orForwarded(body, parts.attachments().forwarded());
    String text = text(body);
    Appointment appointment = parts.appointment();
    if (text.isBlank() && appointment != null) {
      text = AppointmentText.of(appointment);
    }
    if (head.people().from() == null && !top.isEmpty()) {
      problems.add(
          head.people().sender() == null && head.people().replyTo().isEmpty()
              ? "The mail does not name a sender that can be read."
              : "The line From names no sender that can be read; another line was taken instead.");
    }
    List<MailAttachment> attachments = parts.attachments().all(body.html());
    if (text.isBlank() && attachments.isEmpty()) {
      problems.add("The mail has no content.");
    }
    MailSignals signals = new SignalReader(head, envelopeSender).read(parts, text);
    return new ParsedMail(
        head,
        new MailBody(text, body.html(), attachments),
        signals,
        Set.copyOf(parts.marks()),
        appointment,
        contentHash(head, digest),
        problems.text());
  }

  /** A mail that only passes another on says by it what it has to say. */
  private TextBody orForwarded(TextBody body, List<byte[]> forwarded) throws IOException {
    if (!body.isBlank() || forwarded.isEmpty() || depth >= MAX_FORWARDED_WITHIN) {
      return body;
    }
    MailParser inner = new MailParser(depth + 1);
    StringBuilder text = new StringBuilder();
    for (byte[] start : forwarded) {
      ParsedMail mail = inner.parse(MailSource.of(start), null, MailParser::forgotten);
      text.append(text.isEmpty() ? "" : "\n\n").append("---------- Forwarded message ----------");
      line(text, "From", mail.headers().text("From"));
      line(text, "Date", mail.headers().text("Date"));
      line(text, "Subject", mail.headers().text("Subject"));
      line(text, "To", mail.headers().text("To"));
      text.append("\n\n").append(mail.text().strip());
    }
    return new TextBody(PlainText.cut(text.toString(), TextReader.MAX_TEXT), null);
  }

  private static void line(StringBuilder text, String name, @Nullable String value) {
    if (value != null) {
      text.append('\n').append(name).append(": ").append(PlainText.cut(value, MAX_SUBJECT));
    }
  }

  private static StoredAttachment forgotten(InputStream content) throws IOException {
    return new StoredAttachment("", content.transferTo(OutputStream.nullOutputStream()));
  }

  private static boolean isMail(MailHeaders headers) {
    return MARKS_OF_A_MAIL.stream().anyMatch(headers::has);
  }

  /** Without the empty lines and the byte order mark that programs put before a mail. */
  private static InputStream open(MailSource source) throws IOException {
    PushbackInputStream mail = new PushbackInputStream(source.open(), 3);
    byte[] mark = mail.readNBytes(3);
    if (!Arrays.equals(mark, BYTE_ORDER_MARK)) {
      mail.unread(mark);
    }
    int b = mail.read();
    while (b == '\r' || b == '\n') {
      b = mail.read();
    }
    if (b >= 0) {
      mail.unread(b);
    }
    return mail;
  }

  private static byte[] start(MailSource source) throws IOException {
    try (InputStream mail = open(source)) {
      return mail.readNBytes(MAX_SALVAGED);
    }
  }

  private static TextBody asItCame(byte[] start, Problems problems) {
    problems.add(
        start.length == 0
            ? "The mail is empty: not a single byte came."
            : "This is not a mail as the standards describe it; it is shown as it came.");
    return new TextBody(PlainText.clean(MailCharset.decode(start, (String) null)), null);
  }

  private static String text(TextBody body) {
    String text = body.text();
    if ((text != null && !text.isBlank()) || body.html() == null) {
      return text == null ? "" : text;
    }
    return PlainText.clean(HtmlText.of(body.html()));
  }

  private static MailHead head(MailHeaders headers) {
    String subject = headers.text("Subject");
    return new MailHead(
        new MailHead.Ids(
            MessageIds.first(headers.first("Message-ID")),
            MessageIds.parse(headers.all("In-Reply-To")),
            MessageIds.parse(headers.all("References"))),
        new MailHead.People(
            firstAddress(headers.all("From")),
            firstAddress(headers.all("Sender")),
            addresses(headers.all("Reply-To")),
            addresses(headers.all("To")),
            addresses(headers.all("Cc"))),
        subject == null ? "" : PlainText.cut(subject, MAX_SUBJECT),
        MailDate.parse(headers.text("Date")),
        headers);
  }

  private static @Nullable MailAddress firstAddress(List<String> values) {
    for (String value : values) {
      MailAddress address = AddressHeader.first(value);
      if (address != null) {
        return address;
      }
    }
    return null;
  }

  private static List<MailAddress> addresses(List<String> values) {
    return values.stream().limit(20).flatMap(value -> AddressHeader.parse(value).stream()).toList();
  }

  private static String contentHash(MailHead head, byte[] bodyDigest) {
    MessageDigest hash = BodyDigest.sha256();
    MailAddress from = head.people().from();
    String date = head.headers().text("Date");
    for (String value :
        new String[] {
          from == null ? "" : from.address().toLowerCase(Locale.ROOT),
          head.subject(),
          date == null ? "" : date
        }) {
      hash.update(value.getBytes(StandardCharsets.UTF_8));
      hash.update((byte) '\n');
    }
    return HexFormat.of().formatHex(hash.digest(bodyDigest));
  }
}
