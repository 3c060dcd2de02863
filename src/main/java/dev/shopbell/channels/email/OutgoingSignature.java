package dev.shopbell.channels.email;

import dev.shopbell.channels.email.authentication.DkimSigner;
import dev.shopbell.channels.email.authentication.Domains;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Signs a mail of ours with the key of the domain that it is from, where there is one. */
@Component
class OutgoingSignature {
  private final DkimKeys keys;
  private final Clock clock;

  OutgoingSignature(DkimKeys keys, Clock clock) {
    this.keys = keys;
    this.clock = clock;
  }

  /**
   * @param mail saved; nothing in it may change afterwards
   * @param from the address that it is from
   */
  void sign(MimeMessage mail, String from) throws MessagingException {
    String domain = Domains.of(from);
    Optional<DkimSigner.Key> key = domain == null ? Optional.empty() : keys.signing(domain);
    if (key.isEmpty()) {
      return;
    }
    try {
      String value =
          DkimSigner.sign(
              key.get(),
              clock.instant(),
              out -> {
                try {
                  mail.writeTo(out);
                } catch (MessagingException e) {
                  throw new IOException(e);
                }
              });
      mail.setHeader("DKIM-Signature", value);
    } catch (IOException e) {
      throw new MessagingException("The mail could not be signed", e);
    }
  }
}
