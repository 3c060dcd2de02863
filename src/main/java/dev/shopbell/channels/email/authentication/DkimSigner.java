package dev.shopbell.channels.email.authentication;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Signs our mail: rsa-sha256, relaxed/relaxed, over every field that a reader is shown. */
public final class DkimSigner {
  private static final List<String> SIGNED =
      List.of(
          "from",
          "to",
          "cc",
          "subject",
          "date",
          "message-id",
          "in-reply-to",
          "references",
          "reply-to",
          "mime-version",
          "content-type",
          "list-unsubscribe",
          "list-unsubscribe-post",
          "auto-submitted");

  private static final int LINE = 72;

  private DkimSigner() {}

  /** A mail that writes the same bytes as often as it is asked to. */
  @FunctionalInterface
  public interface Mail {
    void writeTo(OutputStream out) throws IOException;
  }

  /** A key and where its public half is published. */
  public record Key(String domain, String selector, PrivateKey privateKey) {}

  /**
   * The value of the header DKIM-Signature, folded. Each signed name stands as often as the mail
   * has the field, From once more: so that nobody can add another.
   *
   * @throws IOException if the mail cannot be written
   */
  public static String sign(Key key, Instant now, Mail mail) throws IOException {
    MessageDigest digest = DkimVerifier.sha256();
    RawHead head;
    try (Splitting out = new Splitting(Canonical.relaxed.body(digest))) {
      mail.writeTo(out);
      head = RawHead.read(new ByteArrayInputStream(out.head.toByteArray()));
    }
    List<String> names = new ArrayList<>();
    for (String name : SIGNED) {
      head.all(name).forEach(field -> names.add(name));
    }
    names.add("from");
    String unsigned =
        "v=1; a=rsa-sha256; c=relaxed/relaxed; d="
            + key.domain()
            + ";\r\n\ts="
            + key.selector()
            + "; t="
            + now.getEpochSecond()
            + ";\r\n\th="
            + folded(String.join(":", names))
            + ";\r\n\tbh="
            + Base64.getEncoder().encodeToString(digest.digest())
            + ";\r\n\tb=";
    RawHead.Field field =
        new RawHead.Field(
            "dkim-signature",
            ("DKIM-Signature: " + unsigned).getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(key.privateKey());
      signature.update(DkimVerifier.signedBytes(head, names, Canonical.relaxed, field));
      return unsigned + folded(Base64.getEncoder().encodeToString(signature.sign()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** White space counts for nothing in these values. */
  private static String folded(String text) {
    StringBuilder folded = new StringBuilder(text);
    for (int at = LINE; at < folded.length(); at += LINE + 3) {
      folded.insert(at, "\r\n\t");
    }
    return folded.toString();
  }

  /** The head is kept, the body only hashed: it may be large. */
  private static final class Splitting extends OutputStream {
    private final ByteArrayOutputStream head = new ByteArrayOutputStream(2048);
    private final OutputStream body;
    private boolean inBody;
    private boolean lineIsEmpty;

    Splitting(OutputStream body) {
      this.body = body;
    }

    @Override
    public void write(int b) throws IOException {
      if (inBody) {
        body.write(b);
        return;
      }
      head.write(b);
      if (b == '\n') {
        inBody = lineIsEmpty;
        lineIsEmpty = true;
      } else if (b != '\r') {
        lineIsEmpty = false;
      }
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      int at = offset;
      while (at < offset + length && !inBody) {
        write(bytes[at++]);
      }
      if (at < offset + length) {
        body.write(bytes, at, offset + length - at);
      }
    }

    @Override
    public void close() throws IOException {
      body.close();
    }
  }
}
