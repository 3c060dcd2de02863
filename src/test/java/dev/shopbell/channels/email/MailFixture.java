package dev.shopbell.channels.email;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads mails in tests and keeps their attachments. */
final class MailFixture {
  private final Map<String, byte[]> stored = new LinkedHashMap<>();
  private final MailParser parser = new MailParser();

  /** The text of a mail with \n as line end, parsed with the line ends of the wire. */
  ParsedMail parse(String mail) {
    return parse(mail, StandardCharsets.UTF_8);
  }

  ParsedMail parse(String mail, Charset charset) {
    return parse(mail.replace("\n", "\r\n").getBytes(charset), "someone@example.com");
  }

  ParsedMail parse(byte[] mail, String envelopeSender) {
    try {
      return parser.parse(MailSource.of(mail), envelopeSender, this::store);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  ParsedMail resource(String name) {
    try (InputStream mail = MailFixture.class.getResourceAsStream("/mail/" + name)) {
      return parse(mail.readAllBytes(), null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String content(MailAttachment attachment) {
    return new String(stored.get(attachment.stored().sha256()), StandardCharsets.UTF_8);
  }

  private StoredAttachment store(InputStream content) throws IOException {
    byte[] bytes = content.readAllBytes();
    MessageDigest sha256 = BodyDigest.sha256();
    String hash = HexFormat.of().formatHex(sha256.digest(bytes));
    stored.put(hash, bytes);
    return new StoredAttachment(hash, bytes.length);
  }
}
