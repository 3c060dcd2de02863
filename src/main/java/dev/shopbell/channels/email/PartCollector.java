package dev.shopbell.channels.email;

import dev.shopbell.conversations.Appointment;
import dev.shopbell.conversations.MessageMark;
import dev.shopbell.platform.html.PlainText;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.james.mime4j.stream.BodyDescriptor;
import org.jspecify.annotations.Nullable;

/** Puts the parts of one mail together while it is read: which are its text, which attachments. */
final class PartCollector {
  private static final int MAX_REPORT = 64_000;
  private static final int MAX_CALENDAR = 256_000;

  private record Multipart(String type, HeaderParameters parameters, List<TextBody> bodies) {}

  /** What a part says of itself. */
  private record Part(
      String type,
      HeaderParameters parameters,
      String disposition,
      @Nullable String name,
      @Nullable String id,
      TransferEncoding encoding) {
    boolean isFirstOf(Multipart related) {
      String start = related.parameters().get("start");
      String wanted = start == null ? null : MessageIds.first(start);
      return wanted == null ? related.bodies().isEmpty() : wanted.equals(id);
    }
  }

  private static final Set<String> HEADERS_OF_A_MAIL =
      Set.of("text/rfc822-headers", "message/rfc822-headers", "message/global-headers");

  private final BodyDigest mail;
  private final Problems problems;
  private final Deque<Multipart> open = new ArrayDeque<>();
  private final Multipart root = multipart("root", HeaderParameters.parse(null));
  private final AttachmentCollector attachments;
  private final TextReader texts;
  private final List<byte[]> reports = new ArrayList<>();
  private final Set<String> reportTypes = new HashSet<>();
  private final Set<MessageMark> marks = EnumSet.noneOf(MessageMark.class);
  private MailHeaders.Collector part = new MailHeaders.Collector();
  private HeaderParameters rootType = HeaderParameters.parse(null);
  private @Nullable Appointment appointment;
  private @Nullable TextBody winmail;
  private @Nullable String preamble;
  private int leaves;
  private boolean brokeOff;

  PartCollector(AttachmentSink sink, BodyDigest mail, Problems problems) {
    this.mail = mail;
    this.problems = problems;
    this.attachments = new AttachmentCollector(sink, problems);
    this.texts = new TextReader(problems);
    open.push(root);
  }

  /** Content type of the whole mail, with its parameters. */
  HeaderParameters rootType() {
    return rootType;
  }

  /** The parts written for programs in a report of a mail system. */
  List<byte[]> reports() {
    return reports;
  }

  /** Of what kinds they are: delivery, disposition, feedback. */
  Set<String> reportTypes() {
    return reportTypes;
  }

  AttachmentCollector attachments() {
    return attachments;
  }

  @Nullable MailHeaders returned() {
    return attachments.returned();
  }

  Set<MessageMark> marks() {
    return marks;
  }

  @Nullable Appointment appointment() {
    return appointment;
  }

  TextBody body() {
    while (open.size() > 1) {
      endMultipart();
    }
    TextBody body = TextBody.joined(root.bodies());
    if (body.isBlank() && winmail != null) {
      body = winmail;
    }
    return body.isBlank() && attachments.isEmpty() && preamble != null
        ? new TextBody(preamble, null)
        : body;
  }

  boolean brokeOff() {
    return brokeOff;
  }

  void breakOff() {
    brokeOff = true;
  }

  /** The source and the sink may fail; the content may not. */
  void rethrowIfNotContent(Exception e) throws IOException {
    IOException failure = mail.failure();
    if (failure != null) {
      throw failure;
    }
    if (attachments.sinkFailed()) {
      switch (e) {
        case IOException io -> throw io;
        case RuntimeException runtime -> throw runtime;
        default -> throw new IOException(e);
      }
    }
  }

  void startPart() {
    part = new MailHeaders.Collector();
  }

  void field(byte[] raw) {
    if (raw.length > 8 && (raw[0] == 'C' || raw[0] == 'c')) {
      part.add(raw);
    }
  }

  void startMultipart() {
    HeaderParameters type = HeaderParameters.parse(part.collected().first("Content-Type"));
    if (open.size() == 1 && root.bodies().isEmpty()) {
      rootType = type;
    }
    switch (type.value()) {
      case "multipart/signed" -> marks.add(MessageMark.signed);
      case "multipart/encrypted" -> encrypted();
      default -> {
        // says nothing of its content
      }
    }
    open.push(multipart(type.value(), type));
    part = new MailHeaders.Collector();
  }

  private void encrypted() {
    marks.add(MessageMark.encrypted);
    problems.add("The mail is encrypted: only who has the key can read it. It is attached.");
  }

  private static Multipart multipart(String type, HeaderParameters parameters) {
    return new Multipart(type, parameters, new ArrayList<>());
  }

  void endMultipart() {
    Multipart closed = open.pop();
    List<TextBody> bodies = closed.bodies();
    if (!bodies.isEmpty()) {
      boolean choice = closed.type().equals("multipart/alternative");
      Multipart parent = open.isEmpty() ? root : open.getFirst();
      parent.bodies().add(choice ? TextBody.chosen(bodies) : TextBody.joined(bodies));
    }
  }

  void preamble(InputStream content) throws IOException {
    if (open.size() == 2 && preamble == null) {
      byte[] bytes = content.readNBytes(TextReader.MAX_TEXT);
      preamble = PlainText.clean(MailCharset.decode(bytes, (String) null));
    }
  }

  /**
   * @param walk to go on with where the part holds a mail in another wrapping
   */
  void leaf(BodyDescriptor descriptor, InputStream raw, MimeWalk walk) throws IOException {
    Part leaf = read(part.collected(), descriptor);
    boolean first = leaves++ == 0;
    switch (leaf.type()) {
      case "message/delivery-status",
          "message/global-delivery-status",
          "message/disposition-notification",
          "message/global-disposition-notification",
          "message/feedback-report" -> {
        reports.add(content(leaf, raw).readNBytes(MAX_REPORT));
        reportTypes.add(leaf.type().replaceAll(".*/(?:global-)?(\\w+)-.*", "$1"));
      }
      case "message/rfc822", "message/global", "message/partial" -> mail(leaf, raw);
      case "message/external-body" -> elsewhere(leaf, raw);
      case "text/calendar", "application/ics" -> calendar(leaf, raw);
      case "application/ms-tnef", "application/vnd.ms-tnef" -> winmail(leaf, raw);
      case "application/pkcs7-mime", "application/x-pkcs7-mime" -> cms(leaf, raw, walk);
      default -> {
        if (HEADERS_OF_A_MAIL.contains(leaf.type()) && isWithin("multipart/report")) {
          attachments.returned(MailHeaders.read(content(leaf, raw).readNBytes(MAX_REPORT)));
        } else if (HEADERS_OF_A_MAIL.contains(leaf.type()) || leaf.type().equals("text/rfc822")) {
          mail(leaf, raw);
        } else if (isBody(leaf, first)) {
          text(leaf, raw);
        } else if ("winmail.dat".equalsIgnoreCase(leaf.name())) {
          winmail(leaf, raw);
        } else if (leaf.name() != null && leaf.name().toLowerCase(Locale.ROOT).endsWith(".ics")) {
          calendar(leaf, raw);
        } else if (!isForOtherReaders(leaf)) {
          attachments.add(leaf.name(), leaf.type(), leaf.id(), content(leaf, raw));
        }
      }
    }
  }

  private Part read(MailHeaders headers, BodyDescriptor descriptor) {
    HeaderParameters type = HeaderParameters.parse(headers.first("Content-Type"));
    HeaderParameters disposition = HeaderParameters.parse(headers.first("Content-Disposition"));
    if (open.size() == 1) {
      rootType = type;
    }
    String contentType =
        AttachmentCollector.isType(type.value()) ? type.value() : descriptor.getMimeType();
    if (contentType.startsWith("multipart/") && type.get("boundary") == null) {
      contentType = "text/plain";
    }
    String name = disposition.get("filename");
    name = name == null || name.isBlank() ? type.get("name") : name;
    return new Part(
        contentType,
        type,
        disposition.value(),
        name == null || name.isBlank() ? null : name,
        MessageIds.first(headers.first("Content-ID")),
        TransferEncoding.of(headers.first("Content-Transfer-Encoding")));
  }

  private static InputStream content(Part leaf, InputStream raw) {
    return leaf.encoding().file(raw);
  }

  /** Whether a part is read rather than saved. */
  private boolean isBody(Part leaf, boolean first) {
    boolean alone = open.size() == 1;
    boolean readable =
        leaf.type().equals("text/plain")
            || TextReader.isHtml(leaf.type())
            || (alone && leaf.type().startsWith("text/"));
    Multipart around = open.getFirst();
    if (!readable || (around.type().equals("multipart/related") && leaf.id() != null)) {
      return readable && leaf.isFirstOf(around);
    }
    boolean saved = leaf.disposition().equals("attachment");
    boolean unnamed = leaf.name() == null;
    boolean choice = around.type().equals("multipart/alternative");
    boolean opens = first && (leaf.disposition().isEmpty() || TextReader.isHtml(leaf.type()));
    return saved ? alone && unnamed : unnamed || choice || opens;
  }

  /** The same once more for other devices, or what only programs read. */
  private boolean isForOtherReaders(Part leaf) {
    return switch (open.getFirst().type()) {
      case "multipart/alternative" ->
          leaf.type().startsWith("text/x-amp") || leaf.type().equals("text/watch-html");
      case "multipart/appledouble" -> leaf.type().equals("application/applefile");
      case "multipart/encrypted" -> leaf.type().equals("application/pgp-encrypted");
      default -> false;
    };
  }

  private boolean isWithin(String type) {
    return open.stream().anyMatch(multipart -> multipart.type().equals(type));
  }

  private void text(Part leaf, InputStream raw) throws IOException {
    TextBody body =
        texts.read(
            leaf.type(),
            leaf.parameters(),
            raw,
            leaf.encoding(),
            (name, file) -> attachments.add(name, FileName.type(name), null, file));
    open.getFirst().bodies().add(body);
    String armour = body.text() == null ? null : TextReader.armour(body.text());
    if (armour != null) {
      if (armour.startsWith("SIGNED")) {
        marks.add(MessageMark.signed);
      } else {
        marks.add(MessageMark.encrypted);
      }
    }
  }

  private void mail(Part leaf, InputStream raw) throws IOException {
    if (leaf.type().equals("message/partial")) {
      problems.add(
          "This is only part %s of %s of a longer mail; the others came apart from it."
              .formatted(number(leaf, "number"), number(leaf, "total")));
    }
    attachments.addMail(leaf.name(), leaf.id(), content(leaf, raw));
  }

  private static String number(Part leaf, String parameter) {
    String number = leaf.parameters().get(parameter);
    return number != null && number.matches("\\d{1,6}") ? number : "?";
  }

  /** RFC 2046, 5.2.3: the file itself was not sent. */
  private void elsewhere(Part leaf, InputStream raw) throws IOException {
    String place = leaf.parameters().get("url");
    place = place == null ? leaf.parameters().get("site") : place;
    problems.add(
        "A file was not sent along but lies elsewhere"
            + (place == null ? "." : ": " + PlainText.cut(PlainText.oneLine(place), 300)));
    attachments.add(leaf.name(), leaf.type(), leaf.id(), content(leaf, raw));
  }

  private void calendar(Part leaf, InputStream raw) throws IOException {
    StartOf start = new StartOf(content(leaf, raw), MAX_CALENDAR);
    String name = leaf.name() == null ? "invitation.ics" : leaf.name();
    attachments.add(name, "text/calendar", leaf.id(), start);
    String charset = leaf.parameters().get("charset");
    String calendar = MailCharset.decode(start.start(), charset == null ? "utf-8" : charset);
    if (appointment == null) {
      appointment = CalendarReader.read(calendar, leaf.parameters().get("method"));
      if (appointment != null) {
        marks.add(MessageMark.invitation);
      }
    }
  }

  private void winmail(Part leaf, InputStream raw) throws IOException {
    TextBody body = attachments.addWinmail(leaf.name(), content(leaf, raw));
    winmail = winmail == null ? body : winmail;
  }

  /** Signed, with what is signed within, or encrypted: its type often does not say which. */
  private void cms(Part leaf, InputStream raw, MimeWalk walk) throws IOException {
    BufferedInputStream content = new BufferedInputStream(content(leaf, raw), 256);
    content.mark(256);
    boolean signed = SignedContent.starts(content.readNBytes(256));
    content.reset();
    if (!signed) {
      if (!"certs-only".equals(leaf.parameters().get("smime-type"))) {
        encrypted();
      }
      attachments.add(leaf.name(), leaf.type(), leaf.id(), content);
      return;
    }
    marks.add(MessageMark.signed);
    InputStream inner = SignedContent.of(content);
    if (inner == null) {
      problems.add("What the mail signs could not be taken out of its wrapping.");
    } else {
      walk.through(inner);
    }
  }
}
