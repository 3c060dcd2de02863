package dev.shopbell.channels.email;

import dev.shopbell.platform.html.HtmlText;
import dev.shopbell.platform.html.PlainText;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.james.mime4j.codec.Base64InputStream;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.codec.QuotedPrintableInputStream;
import org.apache.james.mime4j.stream.BodyDescriptor;
import org.jspecify.annotations.Nullable;

/** Puts the parts of one mail together while it is read: which are its text, which attachments. */
final class PartCollector {
  private static final int MAX_TEXT = 1_000_000;
  private static final int MAX_HTML = 2_000_000;
  private static final int MAX_ATTACHMENTS = 1_000;
  private static final int MAX_REPORT = 64_000;
  private static final Pattern TYPE =
      Pattern.compile("[a-z0-9][a-z0-9!#$&^_.+-]{0,100}/[a-z0-9][a-z0-9!#$&^_.+-]{0,100}");

  private static final Pattern CID = Pattern.compile("(?i)\\bcid:([^\\s\"'<>)]{1,900})");

  /** Text and HTML that say the same; each may be missing. */
  record Body(@Nullable String text, @Nullable String html) {
    boolean isBlank() {
      return (text == null || text.isBlank()) && (html == null || html.isBlank());
    }
  }

  private record Multipart(String type, HeaderParameters parameters, List<Body> bodies) {}

  private final AttachmentSink sink;
  private final BodyDigest mail;
  private final Problems problems;
  private final Deque<Multipart> open = new ArrayDeque<>();
  private final Multipart root = multipart("root", HeaderParameters.parse(null));
  private final List<MailAttachment> attachments = new ArrayList<>();
  private final List<byte[]> reports = new ArrayList<>();
  private MailHeaders.Collector part = new MailHeaders.Collector();
  private HeaderParameters rootType = HeaderParameters.parse(null);
  private @Nullable MailHeaders returned;
  private @Nullable String preamble;
  private int leaves;
  private int textLeft = MAX_TEXT;
  private int htmlLeft = MAX_HTML;
  private boolean sinkFailed;
  private boolean brokeOff;

  PartCollector(AttachmentSink sink, BodyDigest mail, Problems problems) {
    this.sink = sink;
    this.mail = mail;
    this.problems = problems;
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

  /** The header block of a mail that is contained in this one, such as a returned one. */
  @Nullable MailHeaders returned() {
    return returned;
  }

  /**
   * In the order of the mail; what the HTML names by its Content-ID is inline, whatever it says.
   */
  List<MailAttachment> attachments(@Nullable String html) {
    Set<String> named = new HashSet<>();
    Matcher reference = CID.matcher(html == null ? "" : html);
    while (reference.find()) {
      named.add(HeaderParameters.decoded(reference.group(1)));
    }
    return attachments.stream()
        .map(one -> named.contains(String.valueOf(one.contentId())) ? one.asInline() : one)
        .toList();
  }

  Body body() {
    while (open.size() > 1) {
      endMultipart();
    }
    Body body = joined(root.bodies());
    return body.isBlank() && attachments.isEmpty() && preamble != null
        ? new Body(preamble, null)
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
    if (sinkFailed) {
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
    open.push(multipart(type.value(), type));
    part = new MailHeaders.Collector();
  }

  private static Multipart multipart(String type, HeaderParameters parameters) {
    return new Multipart(type, parameters, new ArrayList<>());
  }

  void endMultipart() {
    Multipart closed = open.pop();
    List<Body> bodies = closed.bodies();
    if (!bodies.isEmpty()) {
      boolean choice = closed.type().equals("multipart/alternative");
      Multipart parent = open.isEmpty() ? root : open.getFirst();
      parent.bodies().add(choice ? chosen(bodies) : joined(bodies));
    }
  }

  /** Of alternatives the last is the richest (RFC 2046, 5.1.4). */
  private static Body chosen(List<Body> bodies) {
    String text = null;
    String html = null;
    for (Body body : bodies) {
      text = body.text() != null && (text == null || !body.text().isBlank()) ? body.text() : text;
      html = body.html() != null && (html == null || !body.html().isBlank()) ? body.html() : html;
    }
    return new Body(text, html);
  }

  private static Body joined(List<Body> bodies) {
    if (bodies.size() <= 1) {
      return bodies.isEmpty() ? new Body(null, null) : bodies.getFirst();
    }
    boolean anyText = bodies.stream().anyMatch(body -> body.text() != null);
    boolean anyHtml = bodies.stream().anyMatch(body -> body.html() != null);
    StringBuilder text = new StringBuilder();
    StringBuilder html = new StringBuilder();
    for (Body body : bodies) {
      String plain = body.text();
      String rich = body.html();
      if (plain == null && rich != null && anyText) {
        plain = HtmlText.of(rich);
      }
      if (plain != null && !plain.isBlank()) {
        boolean apart = text.isEmpty() || text.charAt(text.length() - 1) == '\n';
        text.append(apart ? "" : "\n").append(plain);
      }
      html.append(rich != null ? rich : plain == null ? "" : asHtml(plain));
    }
    return new Body(anyText ? text.toString() : null, anyHtml ? html.toString() : null);
  }

  private static String asHtml(String text) {
    String escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    return "\n<div style=\"white-space:pre-wrap\">" + escaped + "</div>\n";
  }

  void preamble(InputStream content) throws IOException {
    if (open.size() == 2 && preamble == null) {
      preamble = PlainText.clean(MailCharset.decode(content.readNBytes(MAX_TEXT), (String) null));
    }
  }

  void leaf(BodyDescriptor descriptor, InputStream raw, MimeWalk walk) throws IOException {
    MailHeaders headers = part.collected();
    HeaderParameters type = HeaderParameters.parse(headers.first("Content-Type"));
    HeaderParameters disposition = HeaderParameters.parse(headers.first("Content-Disposition"));
    boolean alone = open.size() == 1;
    if (alone) {
      rootType = type;
    }
    String contentType =
        TYPE.matcher(type.value()).matches() ? type.value() : descriptor.getMimeType();
    if (contentType.startsWith("multipart/") && type.get("boundary") == null) {
      contentType = "text/plain";
    }
    String name = disposition.get("filename");
    name = name == null ? type.get("name") : name;
    String given = disposition.value();
    boolean first = leaves++ == 0;
    InputStream content = decoded(raw, headers.first("Content-Transfer-Encoding"));
    if (isReport(contentType)) {
      reports.add(content.readNBytes(MAX_REPORT));
    } else if (contentType.equals("text/rfc822-headers") && inReport()) {
      returned = MailHeaders.read(content.readNBytes(MAX_REPORT));
    } else if (isText(contentType, alone)
        && !given.equals("attachment")
        && (name == null || (first && given.isEmpty()))) {
      open.getFirst().bodies().add(text(contentType, type, content));
    } else if (!isOtherRendering(contentType)) {
      boolean inline = given.equals("inline") || (given.isEmpty() && inRelated());
      attach(name, contentType, inline, headers, content);
    }
  }

  private static boolean isReport(String type) {
    return type.equals("message/delivery-status")
        || type.equals("message/global-delivery-status")
        || type.equals("message/disposition-notification")
        || type.equals("message/global-disposition-notification");
  }

  private static boolean isText(String type, boolean alone) {
    return type.equals("text/plain")
        || type.equals("text/html")
        || type.equals("application/xhtml+xml")
        || (alone && type.startsWith("text/") && !type.equals("text/calendar"));
  }

  /** The same text once more, for devices that Shopbell is not. */
  private boolean isOtherRendering(String type) {
    return open.getFirst().type().equals("multipart/alternative")
        && (type.startsWith("text/x-amp") || type.equals("text/watch-html"));
  }

  private boolean inReport() {
    return open.stream().anyMatch(multipart -> multipart.type().equals("multipart/report"));
  }

  private boolean inRelated() {
    return open.getFirst().type().equals("multipart/related");
  }

  private Body text(String contentType, HeaderParameters type, InputStream content)
      throws IOException {
    boolean html = contentType.equals("text/html") || contentType.equals("application/xhtml+xml");
    byte[] bytes = content.readNBytes(html ? htmlLeft : textLeft);
    if (content.read() >= 0) {
      problems.add("The text is longer than can be shown; it was cut, the original is whole.");
    }
    String charset = type.get("charset");
    if (html) {
      htmlLeft -= bytes.length;
      return new Body(null, PlainText.clean(MailCharset.decodeHtml(bytes, charset)));
    }
    textLeft -= bytes.length;
    String text = PlainText.clean(MailCharset.decode(bytes, charset));
    boolean flowed = "flowed".equalsIgnoreCase(type.get("format"));
    return new Body(
        flowed ? FlowedText.unwrap(text, "yes".equalsIgnoreCase(type.get("delsp"))) : text, null);
  }

  private void attach(
      @Nullable String name,
      String contentType,
      boolean inline,
      MailHeaders headers,
      InputStream content)
      throws IOException {
    if (attachments.size() >= MAX_ATTACHMENTS) {
      problems.add("The mail has more attachments than can be kept; the rest was left out.");
      return;
    }
    boolean isMail = contentType.equals("message/rfc822") || contentType.equals("message/global");
    StartOf tapped = isMail ? new StartOf(content) : null;
    StoredAttachment stored = store(tapped == null ? content : tapped);
    if (tapped != null) {
      MailHeaders contained = MailHeaders.read(tapped.start());
      returned = returned == null ? contained : returned;
      name = name == null ? FileName.ofSubject(contained.text("Subject"), "message/rfc822") : name;
    }
    attachments.add(
        new MailAttachment(
            FileName.safe(name, contentType),
            TYPE.matcher(contentType).matches() ? contentType : "application/octet-stream",
            MessageIds.first(headers.first("Content-ID")),
            inline,
            stored));
  }

  private StoredAttachment store(InputStream content) throws IOException {
    try (ForgivingStream forgiving = new ForgivingStream(content)) {
      StoredAttachment stored = sink.store(forgiving);
      if (forgiving.isBroken()) {
        problems.add("An attachment is damaged; it was kept as far as it could be read.");
      }
      return stored;
    } catch (IOException | RuntimeException e) {
      sinkFailed = true;
      throw e;
    }
  }

  private static InputStream decoded(InputStream raw, @Nullable String encoding) {
    String name = encoding == null ? "" : encoding.strip().toLowerCase(Locale.ROOT);
    if (name.startsWith("base64") || name.equals("b")) {
      return new Base64InputStream(raw, DecodeMonitor.SILENT);
    }
    if (name.startsWith("quoted")) {
      return new QuotedPrintableInputStream(raw, DecodeMonitor.SILENT);
    }
    return raw;
  }
}
