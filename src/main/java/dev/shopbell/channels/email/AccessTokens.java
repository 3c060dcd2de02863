package dev.shopbell.channels.email;

import dev.shopbell.platform.SecretBox;
import java.io.IOException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The secrets of mail accounts, sealed for their account. An access token is fetched anew shortly
 * before it runs out, by one node, while the others wait for it.
 */
@Component
class AccessTokens {
  /** So long before it runs out a token is not used any more. */
  private static final Duration MARGIN = Duration.ofMinutes(2);

  private static final Duration FETCHING_TAKES = Duration.ofSeconds(30);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(250);

  private final JdbcClient jdbc;
  private final SecretBox box;
  private final TokenEndpoint endpoint;
  private final Clock clock;

  AccessTokens(JdbcClient jdbc, SecretBox box, TokenEndpoint endpoint, Clock clock) {
    this.jdbc = jdbc;
    this.box = box;
    this.endpoint = endpoint;
    this.clock = clock;
  }

  /** In the caller's transaction, or by itself. */
  void save(long accountId, MailAccounts.Secrets secrets) {
    jdbc.sql(
            """
            update mail_account set password = coalesce(:password, password), client_secret = coalesce(:secret, client_secret)
            where id = :id
            """)
        .param("password", sealed(accountId, secrets.password()), java.sql.Types.BINARY)
        .param("secret", sealed(accountId, secrets.clientSecret()), java.sql.Types.BINARY)
        .param("id", accountId)
        .update();
  }

  /** The first tokens, after an owner has consented. */
  void save(long accountId, TokenEndpoint.Tokens tokens) {
    jdbc.sql(
            """
            update mail_account set access_token = :access, refresh_token = coalesce(:refresh, refresh_token),
              access_expires_at = :expires, refreshing_until = null
            where id = :id
            """)
        .param("access", sealed(accountId, tokens.access()), java.sql.Types.BINARY)
        .param("refresh", sealed(accountId, tokens.refresh()), java.sql.Types.BINARY)
        .param("expires", tokens.expires().atOffset(ZoneOffset.UTC))
        .param("id", accountId)
        .update();
  }

  /** The server has refused the access token: it is not used again. */
  void forget(MailAccount account) {
    jdbc.sql("update mail_account set access_expires_at = null where id = ?")
        .param(account.id())
        .update();
  }

  String password(long accountId) {
    byte[] sealed =
        jdbc.sql("select password from mail_account where id = ? and password is not null")
            .param(accountId)
            .query(byte[].class)
            .optional()
            .orElseThrow(() -> new IllegalStateException("The account has no password."));
    return box.open(purpose(accountId), sealed);
  }

  String clientSecret(long accountId) {
    byte[] sealed =
        jdbc.sql(
                "select client_secret from mail_account where id = ? and client_secret is not null")
            .param(accountId)
            .query(byte[].class)
            .optional()
            .orElseThrow(() -> new IllegalStateException("The account has no client secret."));
    return box.open(purpose(accountId), sealed);
  }

  /**
   * What proves to the account's servers who we are, fit to be used now.
   *
   * @throws ConnectionTrouble.AccessWithdrawn if an owner has to sign in again
   * @throws IOException if no access token could be fetched at the moment
   */
  ImapConnection.Proof proof(MailAccount account)
      throws IOException, ConnectionTrouble.AccessWithdrawn, InterruptedException {
    return switch (account.auth()) {
      case password -> new ImapConnection.Proof.Password(password(account.id()));
      case google, microsoft -> new ImapConnection.Proof.AccessToken(accessToken(account));
    };
  }

  private record Current(
      byte @Nullable [] access, @Nullable Instant expires, byte @Nullable [] refresh) {}

  private String accessToken(MailAccount account)
      throws IOException, ConnectionTrouble.AccessWithdrawn, InterruptedException {
    Instant patience = clock.instant().plus(FETCHING_TAKES).plus(LOOK_AGAIN);
    while (true) {
      Current current = current(account.id());
      if (current.access() != null
          && current.expires() != null
          && clock.instant().plus(MARGIN).isBefore(current.expires())) {
        return box.open(purpose(account.id()), current.access());
      }
      if (current.refresh() == null) {
        throw new ConnectionTrouble.AccessWithdrawn("Nobody has signed in for this account yet.");
      }
      if (claim(account.id())) {
        try {
          TokenEndpoint.Tokens tokens =
              endpoint.refreshed(
                  account,
                  clientSecret(account.id()),
                  box.open(purpose(account.id()), current.refresh()));
          save(account.id(), tokens);
          return tokens.access();
        } finally {
          unclaim(account.id());
        }
      }
      if (clock.instant().isAfter(patience)) {
        throw new IOException("Another node fetches the access, and does not come back.");
      }
      Thread.sleep(LOOK_AGAIN);
    }
  }

  private Current current(long accountId) {
    return jdbc.sql(
            "select access_token, access_expires_at, refresh_token from mail_account where id = ?")
        .param(accountId)
        .query((row, n) -> {
          Timestamp expires = row.getTimestamp(2);
          return new Current(
              row.getBytes(1), expires == null ? null : expires.toInstant(), row.getBytes(3));
        })
        .single();
  }

  private boolean claim(long accountId) {
    return jdbc.sql(
                """
                update mail_account set refreshing_until = clock_timestamp() + make_interval(secs => :seconds)
                where id = :id and (refreshing_until is null or refreshing_until < clock_timestamp())
                """)
            .param("seconds", FETCHING_TAKES.toSeconds())
            .param("id", accountId)
            .update()
        == 1;
  }

  private void unclaim(long accountId) {
    jdbc.sql("update mail_account set refreshing_until = null where id = ?")
        .param(accountId)
        .update();
  }

  private byte @Nullable [] sealed(long accountId, @Nullable String secret) {
    return secret == null || secret.isEmpty() ? null : box.seal(purpose(accountId), secret);
  }

  private static String purpose(long accountId) {
    return "mail account " + accountId;
  }
}
