package dev.shopbell.channels.email;

import dev.shopbell.brands.Brand;
import dev.shopbell.brands.Brands;
import dev.shopbell.conversations.AttachmentFile;
import dev.shopbell.conversations.Channel;
import dev.shopbell.conversations.Recipient;
import dev.shopbell.customers.Customers;
import dev.shopbell.customers.Identity;
import dev.shopbell.platform.SecretKey;
import jakarta.mail.Address;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Mail as a channel: sends through the relay and tells in its words how that went. */
@Component
class EmailChannel implements Channel {
  static final String NAME = "email";

  private final OutgoingServers servers;
  private final MailComposer composer;
  private final Mailboxes mailboxes;
  private final Brands brands;
  private final Customers customers;
  private final OutgoingSignature signature;
  private final Originals originals;

  EmailChannel(
      OutgoingServers servers,
      MailComposer composer,
      Mailboxes mailboxes,
      Brands brands,
      Customers customers,
      OutgoingSignature signature,
      Originals originals) {
    this.originals = originals;
    this.servers = servers;
    this.composer = composer;
    this.mailboxes = mailboxes;
    this.brands = brands;
    this.customers = customers;
    this.signature = signature;
  }

  @Override
  public String channelName() {
    return NAME;
  }

  @Override
  public Optional<String> reaches(long customerId) {
    return customers.identities(customerId).stream()
        .filter(identity -> identity.kind().equals("email"))
        .map(Identity::value)
        .findFirst();
  }

  @Override
  public Optional<String> sender(long brandId, @Nullable String ownAddress) {
    return mailboxes.sender(brandId, ownAddress);
  }

  @Override
  public boolean isOwn(long brandId, String address) {
    return mailboxes.isOwn(brandId, address) || composer.isAnsweredAt(address);
  }

  @Override
  public Optional<AttachmentFile> original(long messageId) {
    return originals.file(messageId);
  }

  @Override
  public String newExternalId(@Nullable String sender) {
    String domain = sender == null ? "localhost" : sender.substring(sender.lastIndexOf('@') + 1);
    return SecretKey.randomToken(128) + "@" + domain;
  }

  @Override
  public Delivery deliver(Outgoing message) {
    String from =
        message.sender() == null
            ? mailboxes.sender(message.brandId(), null).orElse(null)
            : message.sender();
    if (from == null) {
      return new Delivery.NotReady(
          "The brand has no mail address yet: set it in Settings, Brands.");
    }
    return send(
        message.brandId(),
        from,
        session -> mail(session, message, from),
        mail -> envelope(message));
  }

  /** Makes a mail in the session in which it is sent. */
  @FunctionalInterface
  interface Composition {
    MimeMessage in(Session session) throws MessagingException;
  }

  /** Who is to get it, which its headers do not always say. */
  @FunctionalInterface
  private interface Envelope {
    Address[] of(MimeMessage mail) throws MessagingException;
  }

  /** Signs a mail and sends it to whom it names. */
  Delivery send(long brandId, String from, Composition composition) {
    return send(
        brandId,
        from,
        session -> {
          MimeMessage mail = composition.in(session);
          signature.sign(mail, from);
          return mail;
        },
        MimeMessage::getAllRecipients);
  }

  /** Sends through the server of the account that writes from there, or through the relay. */
  private Delivery send(long brandId, String from, Composition composition, Envelope envelope) {
    Optional<Relay.Server> server;
    try {
      server = servers.of(brandId, from);
    } catch (IOException | ConnectionTrouble.AccessWithdrawn e) {
      return new Delivery.Deferred(String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Delivery.Deferred("Shopbell is stopping.");
    }
    if (server.isEmpty()) {
      return new Delivery.NotReady(
          "No mail server for sending is set up yet (Settings, Mailboxes, or SHOPBELL_RELAY_URL).");
    }
    Relay.Server to = server.get();
    return TimedSending.within(
        TimedSending.LONGEST, to.shown(), () -> send(to, composition, envelope));
  }

  private static Delivery send(Relay.Server server, Composition composition, Envelope envelope) {
    Session session = Session.getInstance(server.properties());
    try {
      MimeMessage mail = composition.in(session);
      try (Transport transport = session.getTransport(server.protocol())) {
        transport.connect(server.user(), server.password());
        transport.sendMessage(mail, envelope.of(mail));
        return new Delivery.Sent(answer(transport));
      }
    } catch (AddressException e) {
      return new Delivery.Failed(e.getMessage() + ": " + e.getRef());
    } catch (AuthenticationFailedException e) {
      return new Delivery.Deferred(
          "The mail server " + server.shown() + " refuses our name or password: " + e.getMessage());
    } catch (MessagingException e) {
      return PartialDelivery.of(e).orElseGet(() -> refusal(e, server));
    }
  }

  private MimeMessage mail(Session session, Outgoing message, String from)
      throws MessagingException {
    Brand brand = brands.get(message.brandId());
    Long redirects = message.handling().redirects();
    if (redirects == null) {
      MimeMessage mail = composer.compose(session, message, brand, from);
      signature.sign(mail, from);
      return mail;
    }
    MailSource original =
        originals
            .source(redirects)
            .orElseThrow(
                () -> new AddressException("The original is gone", "message " + redirects));
    List<InternetAddress> to = new ArrayList<>();
    for (Recipient recipient : message.recipients()) {
      to.add(
          MailComposer.address(
              recipient.name(), Objects.requireNonNullElse(recipient.address(), "")));
    }
    return new RedirectedMail(
        session,
        original,
        MailComposer.address(brand.sender(), from),
        to,
        message.externalId(),
        message.writtenAt());
  }

  /** Everybody who is to get it and has not been settled before. */
  private static InternetAddress[] envelope(Outgoing message) throws MessagingException {
    List<InternetAddress> envelope = new ArrayList<>();
    for (Recipient recipient : message.recipients()) {
      String address = recipient.address();
      if (address != null
          && !message.handling().settled().contains(address.toLowerCase(Locale.ROOT))) {
        envelope.add(MailComposer.address(null, address));
      }
    }
    return envelope.toArray(InternetAddress[]::new);
  }

  private static String answer(Transport transport) {
    String answer = transport instanceof SMTPTransport smtp ? smtp.getLastServerResponse() : null;
    return answer == null ? "accepted" : answer.strip();
  }

  /** A code of 5 means never, of 4 later; without a code the server was not reached. */
  private static Delivery refusal(MessagingException e, Relay.Server server) {
    for (Exception cause = e;
        cause != null;
        cause = cause instanceof MessagingException m ? m.getNextException() : null) {
      int code =
          switch (cause) {
            case SMTPAddressFailedException address -> address.getReturnCode();
            case SMTPSenderFailedException sender -> sender.getReturnCode();
            case SMTPSendFailedException send
                when !(send.getNextException() instanceof SendFailedException) ->
                send.getReturnCode();
            default -> 0;
          };
      if (code >= 500) {
        return new Delivery.Failed(words(cause));
      }
      if (code >= 400) {
        return new Delivery.Deferred(words(cause));
      }
    }
    return new Delivery.Deferred(
        "The mail server " + server.shown() + " could not be reached: " + words(e));
  }

  private static String words(Exception e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage().strip();
  }
}
