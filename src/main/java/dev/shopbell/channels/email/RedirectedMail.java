package dev.shopbell.channels.email;

import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MailDateFormat;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A mail passed on as it came, byte for byte, below the fields that RFC 5322, section 3.6.6, asks
 * for. Whoever gets it sees, and answers, its sender.
 */
final class RedirectedMail extends MimeMessage {
  private final MailSource original;
  private final InternetAddress from;
  private final String head;

  RedirectedMail(
      Session session,
      MailSource original,
      InternetAddress from,
      List<InternetAddress> to,
      String id,
      Instant at) {
    super(session);
    this.original = original;
    this.from = from;
    this.head =
        "Resent-From: "
            + from
            + "\r\nResent-To: "
            + to.stream().map(InternetAddress::toString).collect(Collectors.joining(",\r\n "))
            + "\r\nResent-Date: "
            + new MailDateFormat().format(Date.from(at))
            + "\r\nResent-Message-ID: <"
            + id
            + ">\r\n";
  }

  /** Whom the envelope names: us, who answer for passing it on. */
  @Override
  public Address[] getFrom() {
    return new Address[] {from};
  }

  @Override
  public void writeTo(OutputStream out, String @Nullable [] ignored)
      throws IOException, MessagingException {
    out.write(head.getBytes(StandardCharsets.US_ASCII));
    try (InputStream bytes = original.open()) {
      bytes.transferTo(out);
    }
    out.flush();
  }
}
