package dev.shopbell.channels.email;

import dev.shopbell.brands.Brand;
import dev.shopbell.conversations.AttachmentFile;
import dev.shopbell.conversations.Channel;
import dev.shopbell.conversations.Purpose;
import dev.shopbell.conversations.Recipient;
import dev.shopbell.platform.files.FileStore;
import jakarta.activation.DataHandler;
import jakarta.activation.DataSource;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.List;
import java.util.stream.Collectors;
import org.eclipse.angus.mail.smtp.SMTPMessage;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Writes our mail: text that reads well by itself, and the same as HTML that survives a dark mode.
 */
@Component
class MailComposer {
  private static final String UTF_8 = StandardCharsets.UTF_8.name();

  private final FileStore files;
  private final ReplyAddress replyAddress;
  private final Signatures signatures;

  MailComposer(FileStore files, ReplyAddress replyAddress, Signatures signatures) {
    this.files = files;
    this.replyAddress = replyAddress;
    this.signatures = signatures;
  }

  /**
   * @param from the address of ours that it is sent from
   */
  MimeMessage compose(Session session, Channel.Outgoing message, Brand brand, String from)
      throws MessagingException {
    MimeMessage mail = new Identified(session, message.externalId());
    mail.setFrom(address(brand.sender(), from));
    mail.setReplyTo(
        new InternetAddress[] {
          address(
              brand.sender(), replyAddress.of(message.conversationId(), message.brandId(), from))
        });
    for (Recipient recipient : message.recipients()) {
      // Who gets a blind copy stands in the envelope alone.
      if (recipient.address() != null && !recipient.kind().equals("bcc")) {
        mail.addRecipient(
            recipient.kind().equals("cc") ? Message.RecipientType.CC : Message.RecipientType.TO,
            address(recipient.name(), recipient.address()));
      }
    }
    mail.setSubject(oneLine(message.subject()), UTF_8);
    mail.setSentDate(Date.from(message.writtenAt()));
    if (message.inReplyTo() != null && isHeaderSafe(message.inReplyTo())) {
      mail.setHeader("In-Reply-To", "<" + message.inReplyTo() + ">");
    }
    String references =
        message.references().stream()
            .filter(MailComposer::isHeaderSafe)
            .map(id -> "<" + id + ">")
            .collect(Collectors.joining("\r\n "));
    if (!references.isEmpty()) {
      mail.setHeader("References", references);
    }
    fill(mail, message, brand);
    mail.saveChanges();
    return mail;
  }

  private void fill(MimeMessage mail, Channel.Outgoing message, Brand brand)
      throws MessagingException {
    Signature signature = signatures.of(brand, message.agentId());
    String shown = html(message, signature);
    MimeMultipart alternative = alternative(text(message, signature), shown);
    List<AttachmentFile> images =
        message.attachments().stream().filter(file -> isShown(file, shown)).toList();
    if (!images.isEmpty()) {
      MimeBodyPart html = (MimeBodyPart) alternative.getBodyPart(1);
      alternative.removeBodyPart(html);
      alternative.addBodyPart(related(html, images));
    }
    List<AttachmentFile> along =
        message.attachments().stream().filter(file -> !images.contains(file)).toList();
    if (along.isEmpty()) {
      mail.setContent(alternative);
      return;
    }
    MimeMultipart mixed = new MimeMultipart("mixed");
    MimeBodyPart body = new MimeBodyPart();
    body.setContent(alternative);
    mixed.addBodyPart(body);
    for (AttachmentFile file : along) {
      mixed.addBodyPart(part(file, MimeBodyPart.ATTACHMENT));
    }
    mail.setContent(mixed);
  }

  static MimeMultipart alternative(String plain, String page) throws MessagingException {
    MimeMultipart alternative = new MimeMultipart("alternative");
    MimeBodyPart text = new MimeBodyPart();
    text.setText(plain, UTF_8);
    text.setHeader("Content-Transfer-Encoding", "quoted-printable");
    alternative.addBodyPart(text);
    MimeBodyPart html = new MimeBodyPart();
    html.setText(page, UTF_8, "html");
    html.setHeader("Content-Transfer-Encoding", "quoted-printable");
    alternative.addBodyPart(html);
    return alternative;
  }

  private static String text(Channel.Outgoing message, Signature signature) {
    return (message.text() + (signature.isEmpty() ? "" : "\n\n-- \n" + signature.text()) + "\n")
        .replace("\n", "\r\n");
  }

  private static boolean isShown(AttachmentFile file, String html) {
    return file.inline()
        && file.contentId() != null
        && isHeaderSafe(file.contentId())
        && html.contains("\"cid:" + file.contentId() + "\"");
  }

  /** The HTML with the images that it shows, which are no attachments to the reader. */
  private MimeBodyPart related(MimeBodyPart html, List<AttachmentFile> images)
      throws MessagingException {
    MimeMultipart related = new MimeMultipart("related");
    related.addBodyPart(html);
    for (AttachmentFile image : images) {
      MimeBodyPart part = part(image, MimeBodyPart.INLINE);
      part.setContentID("<" + image.contentId() + ">");
      related.addBodyPart(part);
    }
    MimeBodyPart both = new MimeBodyPart();
    both.setContent(related);
    return both;
  }

  private MimeBodyPart part(AttachmentFile file, String disposition) throws MessagingException {
    MimeBodyPart part = new MimeBodyPart();
    part.setDataHandler(new DataHandler(new StoredFile(file)));
    try {
      part.setFileName(jakarta.mail.internet.MimeUtility.encodeText(file.name(), UTF_8, null));
    } catch (UnsupportedEncodingException e) {
      throw new IllegalStateException(e);
    }
    part.setDisposition(disposition);
    part.setHeader("Content-Transfer-Encoding", "base64");
    return part;
  }

  private String html(Channel.Outgoing message, Signature signature) {
    String body = MailHtml.body(message.text(), message.html());
    if (message.handling().purpose() == Purpose.forward) {
      // Held back from our own desk; whoever is forwarded to decides for themselves.
      body = body.replace(" data-remote-image=\"", " src=\"");
    }
    return MailHtml.page(body, MailHtml.signature(signature, signatures.publicFace(signature)));
  }

  /** Whether it is one of the addresses that our mail asks to be answered at. */
  boolean isAnsweredAt(String address) {
    return replyAddress.isOurs(address);
  }

  static InternetAddress address(@Nullable String name, String address) throws MessagingException {
    try {
      InternetAddress made = new InternetAddress(oneLine(address), false);
      made.validate();
      if (name != null && !name.isBlank()) {
        made.setPersonal(oneLine(name), UTF_8);
      }
      return made;
    } catch (AddressException e) {
      throw new AddressException("This is not an address that mail can be sent to", address);
    } catch (UnsupportedEncodingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What came from outside must not add headers of its own. */
  static String oneLine(String text) {
    return text.replaceAll("\\p{Cntrl}", " ").strip();
  }

  static boolean isHeaderSafe(String id) {
    return id.chars().allMatch(c -> c > 0x20 && c < 0x7f && c != '<' && c != '>');
  }

  /** Keeps the Message-ID that we gave: the library would make its own. */
  static final class Identified extends SMTPMessage {
    private final String id;

    Identified(Session session, String id) {
      super(session);
      this.id = id;
    }

    @Override
    protected void updateMessageID() throws MessagingException {
      setHeader("Message-ID", "<" + id + ">");
    }
  }

  /** An attachment, read from the file store while it is sent. */
  private final class StoredFile implements DataSource {
    private final AttachmentFile file;

    StoredFile(AttachmentFile file) {
      this.file = file;
    }

    @Override
    public InputStream getInputStream() throws IOException {
      return files.open(file.file());
    }

    @Override
    public OutputStream getOutputStream() {
      throw new UnsupportedOperationException();
    }

    @Override
    public String getContentType() {
      return file.contentType();
    }

    @Override
    public String getName() {
      return file.name();
    }
  }
}
