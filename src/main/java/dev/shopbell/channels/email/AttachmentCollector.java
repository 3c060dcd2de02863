package dev.shopbell.channels.email;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Keeps the files of one mail, and what has to be known of those that are mails themselves. */
final class AttachmentCollector {
  private static final int MAX_ATTACHMENTS = 1_000;
  private static final int MAX_FORWARDED = 3;
  private static final Pattern TYPE =
      Pattern.compile("[a-z0-9][a-z0-9!#$&^_.+-]{0,100}/[a-z0-9][a-z0-9!#$&^_.+-]{0,100}");
  private static final Pattern CID = Pattern.compile("(?i)\\bcid:([^\\s\"'<>)]{1,900})");

  private final AttachmentSink sink;
  private final Problems problems;
  private final List<MailAttachment> attachments = new ArrayList<>();
  private final List<byte[]> forwarded = new ArrayList<>();
  private @Nullable MailHeaders returned;
  private boolean sinkFailed;

  AttachmentCollector(AttachmentSink sink, Problems problems) {
    this.sink = sink;
    this.problems = problems;
  }

  static boolean isType(String type) {
    return TYPE.matcher(type).matches();
  }

  boolean isEmpty() {
    return attachments.isEmpty();
  }

  boolean sinkFailed() {
    return sinkFailed;
  }

  /** The header block of a mail that is contained in this one, such as a returned one. */
  @Nullable MailHeaders returned() {
    return returned;
  }

  void returned(MailHeaders headers) {
    returned = headers;
  }

  /** How the first mails that are attached to this one start. */
  List<byte[]> forwarded() {
    return forwarded;
  }

  /** In the order of the mail; inline is what the HTML names by its Content-ID and nothing else. */
  List<MailAttachment> all(@Nullable String html) {
    if (attachments.isEmpty()) {
      return List.of();
    }
    Set<String> named = new HashSet<>();
    Matcher reference = CID.matcher(html == null ? "" : html);
    while (reference.find()) {
      named.add(HeaderParameters.decoded(reference.group(1)));
    }
    return attachments.stream()
        .map(one -> named.contains(String.valueOf(one.contentId())) ? one.asInline() : one)
        .toList();
  }

  /** Whether no more can be kept, which is said then. */
  boolean isFull() {
    if (attachments.size() >= MAX_ATTACHMENTS) {
      problems.add("The mail has more attachments than can be kept; the rest was left out.");
    }
    return attachments.size() >= MAX_ATTACHMENTS;
  }

  void add(
      @Nullable String name, String contentType, @Nullable String contentId, InputStream content)
      throws IOException {
    if (!isFull()) {
      add(name, contentType, contentId, store(content));
    }
  }

  void add(
      @Nullable String name,
      String contentType,
      @Nullable String contentId,
      StoredAttachment stored) {
    String type = isType(contentType) ? contentType : "application/octet-stream";
    attachments.add(new MailAttachment(FileName.safe(name, type), type, contentId, false, stored));
  }

  /** A mail within the mail: its file is named by its subject. */
  void addMail(@Nullable String name, @Nullable String contentId, InputStream content)
      throws IOException {
    if (isFull()) {
      return;
    }
    StartOf tapped = new StartOf(content, forwarded.size() < MAX_FORWARDED ? 256_000 : 64_000);
    StoredAttachment stored = store(tapped);
    MailHeaders contained = MailHeaders.read(tapped.start());
    returned = returned == null ? contained : returned;
    if (forwarded.size() < MAX_FORWARDED) {
      forwarded.add(tapped.start());
    }
    boolean named = name != null && name.contains(".");
    add(
        named ? name : FileName.ofSubject(contained.text("Subject"), "message/rfc822"),
        "message/rfc822",
        contentId,
        stored);
  }

  /** Opens what Outlook wraps; when it is not what it says, it is kept as it is. */
  @Nullable TextBody addWinmail(@Nullable String name, InputStream content) throws IOException {
    StartOf tapped = new StartOf(content, 64_000);
    int before = attachments.size();
    try (ForgivingStream forgiving = new ForgivingStream(tapped)) {
      TextBody body = Tnef.read(forgiving, new Unwrapped());
      if (body == null) {
        add(
            name,
            "application/ms-tnef",
            null,
            new StartedStream(tapped.start(), new ForgivingStream(content)));
      } else if (body.isBlank() && attachments.size() == before) {
        problems.add("The mail has a winmail.dat of Outlook with nothing in it.");
      }
      return body;
    }
  }

  private final class Unwrapped implements Tnef.Files {
    @Override
    public StoredAttachment store(InputStream content) throws IOException {
      return AttachmentCollector.this.store(content);
    }

    @Override
    public void add(
        @Nullable String name,
        @Nullable String contentType,
        @Nullable String contentId,
        StoredAttachment stored) {
      if (!isFull()) {
        String type =
            contentType == null || contentType.isBlank() ? FileName.type(name) : contentType;
        AttachmentCollector.this.add(name, type, contentId, stored);
      }
    }
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
}
