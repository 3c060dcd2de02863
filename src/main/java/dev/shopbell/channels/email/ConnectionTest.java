package dev.shopbell.channels.email;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Tries an account before it is saved, and says in plain words what is wrong. */
@Component
class ConnectionTest {
  private static final int SILENCE_MILLIS = 20_000;

  private final InternalHosts hosts;

  ConnectionTest(InternalHosts hosts) {
    this.hosts = hosts;
  }

  /**
   * @param problem null where it works
   */
  @Schema(name = "ConnectionOutcome")
  record Outcome(ConnectionTrouble.@Nullable Kind problem, String words) {}

  /**
   * @param smtp null where no server for sending was named
   * @param folders that may be followed besides INBOX; empty where the account could not be read
   */
  @Schema(name = "ConnectionResult")
  record Result(Outcome imap, @Nullable Outcome smtp, List<String> folders) {}

  Result of(MailServer imap, @Nullable MailServer smtp, String user, ImapConnection.Proof proof) {
    List<String> folders = List.of();
    Outcome read;
    try (ImapConnection connection =
        ImapConnection.open(imap, user, proof, hosts, SILENCE_MILLIS)) {
      folders =
          ImapSync.choices(connection).stream()
              .filter(choice -> choice.role() == FolderRole.other)
              .map(ImapSync.Choice::name)
              .toList();
      read = new Outcome(null, "Mail can be read.");
    } catch (Exception e) {
      ConnectionTrouble trouble = ConnectionTrouble.of(e, imap);
      read = new Outcome(trouble.kind(), trouble.words());
    }
    return new Result(read, smtp == null ? null : send(smtp, user, proof), folders);
  }

  private Outcome send(MailServer smtp, String user, ImapConnection.Proof proof) {
    Relay.Server server = OutgoingServers.server(smtp, user, proof, hosts);
    try (Transport transport =
        Session.getInstance(server.properties()).getTransport(server.protocol())) {
      transport.connect(server.user(), server.password());
      return new Outcome(null, "Mail can be sent.");
    } catch (MessagingException e) {
      ConnectionTrouble trouble = ConnectionTrouble.of(e, smtp);
      return new Outcome(trouble.kind(), trouble.words());
    }
  }
}
