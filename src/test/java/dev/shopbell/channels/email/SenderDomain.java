package dev.shopbell.channels.email;

import dev.shopbell.Inbox;
import dev.shopbell.Mail;
import dev.shopbell.NameServer;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.List;
import org.apache.james.jdkim.DKIMSigner;

/** Somebody else's domain with a key of its own, whose mail Apache James signs. */
final class SenderDomain {
  static final String RELAXED = "c=relaxed/relaxed; ";
  static final KeyPair KEYS = newPair();

  final String name;
  private final NameServer dns;

  /** A domain that nobody else uses. */
  SenderDomain(NameServer dns) {
    this(dns, Inbox.word() + ".example");
  }

  SenderDomain(NameServer dns, String name) {
    this.dns = dns;
    this.name = name;
  }

  private static KeyPair newPair() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  SenderDomain publishesKey() {
    dns.text(
        "s1._domainkey." + name,
        "v=DKIM1; k=rsa; p=" + Base64.getEncoder().encodeToString(KEYS.getPublic().getEncoded()));
    return this;
  }

  SenderDomain publishesSpf(String record) {
    dns.text(name, record);
    return this;
  }

  SenderDomain publishesDmarc(String record) {
    dns.text("_dmarc." + name, record);
    return this;
  }

  String address() {
    return Inbox.word() + "@" + name;
  }

  Mail mail(String from, String... headers) {
    return Mail.with(
        from,
        Inbox.SHOP,
        Inbox.word(),
        "Where is my  parcel?\n\n",
        java.util.stream.Stream.concat(
                List.of(headers).stream(),
                java.util.stream.Stream.of(Inbox.bears(Inbox.messageId())))
            .toArray(String[]::new));
  }

  /** The mail with the domain's signature on top. */
  Mail signed(Mail mail) {
    return signed(mail, RELAXED);
  }

  /**
   * @param tags of the signature besides those that each has
   */
  Mail signed(Mail mail, String tags) {
    try {
      String field =
          new DKIMSigner(
                  "v=1; a=rsa-sha256; d="
                      + name
                      + "; s=s1; "
                      + tags
                      + "h=From:To:Subject; bh=; b=;",
                  KEYS.getPrivate())
              .sign(new ByteArrayInputStream(mail.raw().getBytes(StandardCharsets.UTF_8)));
      return new Mail(mail.envelopeFrom(), mail.recipients(), field + "\r\n" + mail.raw());
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
