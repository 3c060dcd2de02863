package dev.shopbell.channels.email;

import java.io.IOException;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** By which server a mail leaves: that of the account of its sender, else the relay. */
@Component
class OutgoingServers {
  private final Relay relay;
  private final MailAccountStore accounts;
  private final AccessTokens tokens;
  private final InternalHosts hosts;

  OutgoingServers(
      Relay relay, MailAccountStore accounts, AccessTokens tokens, InternalHosts hosts) {
    this.relay = relay;
    this.accounts = accounts;
    this.tokens = tokens;
    this.hosts = hosts;
  }

  /**
   * Empty where none is set up.
   *
   * @throws IOException if the account's access could not be fetched at the moment
   * @throws ConnectionTrouble.AccessWithdrawn if an owner has to sign in again
   */
  Optional<Relay.Server> of(long brandId, String sender)
      throws IOException, ConnectionTrouble.AccessWithdrawn, InterruptedException {
    Optional<MailAccount> account = accounts.ofAddress(brandId, sender);
    if (account.isEmpty() || account.get().smtp() == null) {
      return relay.server();
    }
    return Optional.of(
        server(account.get().smtp(), account.get().userName(), tokens.proof(account.get()), hosts));
  }

  static Relay.Server server(
      MailServer smtp, String user, ImapConnection.Proof proof, InternalHosts hosts) {
    return switch (proof) {
      case ImapConnection.Proof.Password(String password) ->
          new Relay.Server(
              smtp.host(),
              smtp.port(),
              smtp.security() == MailServer.Security.tls,
              user,
              password,
              new Relay.Account(smtp, hosts, false));
      case ImapConnection.Proof.AccessToken(String token) ->
          new Relay.Server(
              smtp.host(),
              smtp.port(),
              smtp.security() == MailServer.Security.tls,
              user,
              token,
              new Relay.Account(smtp, hosts, true));
    };
  }
}
