package dev.shopbell.channels.email;

import dev.shopbell.platform.html.HtmlText;
import dev.shopbell.platform.html.PlainText;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.stream.EntityState;
import org.apache.james.mime4j.stream.MimeConfig;
import org.apache.james.mime4j.stream.MimeTokenStream;
import org.apache.james.mime4j.stream.RecursionMode;
import org.jspecify.annotations.Nullable;

/**
 * Reads any bytes as a mail. What a mail says never makes it fail: what cannot be read is described
 * in {@link ParsedMail#problem()}. Memory is bounded by the limits on text, not by the size of the
 * mail.
 */
final class MailParser {
  private static final int MAX_LINE = 1_000_000;
  private static final int MAX_DEPTH = 40;
  private static final int MAX_PARTS = 5_000;
  private static final int MAX_SALVAGED = 1_000_000;
  private static final int MAX_SUBJECT = 1_000;
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private static final MimeConfig LENIENT =
      MimeConfig.custom()
          .setStrictParsing(false)
          .setMaxLineLen(MAX_LINE)
          .setMaxHeaderLen(MAX_LINE)
          .setMaxHeaderCount(-1)
          .setMaxContentLen(-1)
          .build();

  /** Without any of these, bytes are no mail, whatever colons they hold. */
  private static final List<String> MARKS_OF_A_MAIL =
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
      walk(mail, headers, parts, problems);
      digest = mail.finish();
    }
    if (headers.isCut()) {
      problems.add("The mail has more header lines than can be kept; the rest was left out.");
    }
    MailHeaders top = headers.collected();
    PartCollector.Body body = parts.body();
    if ((parts.brokeOff() && body.isBlank()) || !isMail(top)) {
      byte[] start = start(source);
      top = parts.brokeOff() ? MailHeaders.read(start) : top;
      top = isMail(top) ? top : MailHeaders.NONE;
      body = asItCame(start, problems);
    }
    MailHead head = head(top);
    String text = text(body);
    if (head.people().from() == null && !top.isEmpty()) {
      problems.add("The mail does not name a sender that can be read.");
    }
    List<MailAttachment> attachments = parts.attachments(body.html());
    if (text.isBlank() && attachments.isEmpty()) {
      problems.add("The mail has no content.");
    }
    MailSignals signals = new SignalReader(head, envelopeSender).read(parts, text);
    return new ParsedMail(
        head,
        new MailBody(text, body.html(), attachments),
        signals,
        contentHash(head, digest),
        problems.text());
  }

  private static void walk(
      BodyDigest mail, MailHeaders.Collector headers, PartCollector parts, Problems problems)
      throws IOException {
    MimeTokenStream stream = new MimeTokenStream(LENIENT, DecodeMonitor.SILENT, null);
    stream.setRecursionMode(RecursionMode.M_NO_RECURSE);
    try {
      stream.parse(mail);
      int depth = 0;
      int count = 0;
      for (EntityState state = stream.getState();
          state != EntityState.T_END_OF_STREAM;
          state = stream.next()) {
        switch (state) {
          case T_START_MESSAGE, T_START_BODYPART -> {
            parts.startPart();
            if (++count == MAX_PARTS) {
              problems.add("The mail has more parts than can be kept; the rest was left out.");
              stream.stop();
            }
          }
          case T_FIELD -> {
            byte[] raw = stream.getField().getRaw().toByteArray();
            if (count == 1) {
              headers.add(raw);
            }
            parts.field(raw);
          }
          case T_END_HEADER -> {
            boolean flat = depth >= MAX_DEPTH;
            stream.setRecursionMode(flat ? RecursionMode.M_FLAT : RecursionMode.M_NO_RECURSE);
            if (flat) {
              problems.add("The mail is nested too deeply; the innermost parts were not opened.");
            }
          }
          case T_START_MULTIPART -> {
            depth++;
            parts.startMultipart();
          }
          case T_PREAMBLE -> parts.preamble(stream.getInputStream());
          case T_BODY -> parts.leaf(stream.getBodyDescriptor(), stream.getInputStream());
          case T_END_MULTIPART -> {
            depth--;
            parts.endMultipart();
          }
          case T_RAW_ENTITY,
              T_START_HEADER,
              T_EPILOGUE,
              T_END_BODYPART,
              T_END_MESSAGE,
              T_END_OF_STREAM -> {
            // nothing to read there
          }
        }
      }
    } catch (MimeException | IOException | RuntimeException e) {
      parts.rethrowIfNotContent(e);
      problems.add("The mail is damaged; what follows the damage could not be read.");
      parts.breakOff();
    }
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

  private static PartCollector.Body asItCame(byte[] start, Problems problems) {
    problems.add(
        start.length == 0
            ? "The mail is empty: not a single byte came."
            : "This is not a mail as the standards describe it; it is shown as it came.");
    return new PartCollector.Body(PlainText.clean(MailCharset.decode(start, null)), null);
  }

  private static String text(PartCollector.Body body) {
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

  /** What went wrong, each thing once. */
  static final class Problems {
    private final StringBuilder text = new StringBuilder();

    void add(String sentence) {
      if (text.indexOf(sentence) < 0) {
        text.append(text.isEmpty() ? "" : " ").append(sentence);
      }
    }

    @Nullable String text() {
      return text.isEmpty() ? null : text.toString();
    }
  }
}
