package dev.shopbell.channels.email;

import dev.shopbell.conversations.Channel;
import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.internet.InternetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.jspecify.annotations.Nullable;

/** Reads who has got a mail and who has not, where the server did not treat all alike. */
final class PartialDelivery {
  private PartialDelivery() {}

  /** Empty where nobody got it and all are to be treated the same. */
  static Optional<Channel.Delivery> of(MessagingException error) {
    if (!(error instanceof SendFailedException failed)) {
      return Optional.empty();
    }
    List<Channel.Outcome> outcomes = new ArrayList<>();
    for (Address address : sent(failed)) {
      outcomes.add(new Channel.Outcome(((InternetAddress) address).getAddress(), true, ""));
    }
    boolean anyAccepted = !outcomes.isEmpty();
    List<String> waiting = new ArrayList<>();
    int refused = 0;
    for (Exception cause = failed.getNextException();
        cause instanceof MessagingException next;
        cause = next.getNextException()) {
      if (next instanceof SMTPAddressFailedException one) {
        String words = one.getMessage() == null ? "" : one.getMessage().strip();
        if (one.getReturnCode() >= 500) {
          refused++;
          outcomes.add(new Channel.Outcome(one.getAddress().getAddress(), false, words));
        } else {
          waiting.add(one.getAddress().getAddress() + ": " + words);
        }
      }
    }
    boolean mixed = refused > 0 && !waiting.isEmpty();
    return anyAccepted || mixed
        ? Optional.of(
            new Channel.Delivery.Partly(
                outcomes, waiting.isEmpty() ? null : String.join(" ", waiting)))
        : Optional.empty();
  }

  private static Address[] sent(SendFailedException failed) {
    Address @Nullable [] sent = failed.getValidSentAddresses();
    return sent == null ? new Address[0] : sent;
  }
}
