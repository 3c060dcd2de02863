package dev.shopbell.channels.email;

import dev.shopbell.brands.Brands;
import dev.shopbell.conversations.Channel;
import dev.shopbell.customers.Customers;
import dev.shopbell.customers.Identity;
import dev.shopbell.platform.SecretKey;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
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

  EmailChannel(
      OutgoingServers servers,
      MailComposer composer,
      Mailboxes mailboxes,
      Brands brands,
      Customers customers,
      OutgoingSignature signature) {
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
        session -> composer.compose(session, message, brands.get(message.brandId()), from));
  }

  /** Makes a mail in the session in which it is sent. */
  @FunctionalInterface
  interface Composition {
    MimeMessage in(Session session) throws MessagingException;
  }

  /** Sends through the server of the account that writes from there, or through the relay. */
  Delivery send(long brandId, String from, Composition composition) {
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
    return send(server.get(), from, composition);
  }

  private Delivery send(Relay.Server server, String from, Composition composition) {
    Session session = Session.getInstance(server.properties());
    try {
      MimeMessage mail = composition.in(session);
      signature.sign(mail, from);
      try (Transport transport = session.getTransport(server.protocol())) {
        transport.connect(server.user(), server.password());
        transport.sendMessage(mail, mail.getAllRecipients());
        return new Delivery.Sent(answer(transport));
      }
    } catch (AddressException e) {
      return new Delivery.Failed(e.getMessage() + ": " + e.getRef());
    } catch (AuthenticationFailedException e) {
      return new Delivery.Deferred(
          "The mail server " + server.shown() + " refuses our name or password: " + e.getMessage());
    } catch (MessagingException e) {
      return refusal(e, server);
    }
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
