package dev.shopbell.channels.email;

import dev.shopbell.platform.SecretBox;
import dev.shopbell.platform.SecretKey;
import dev.shopbell.platform.Settings;
import dev.shopbell.platform.web.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Base64;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * An owner lets us into an account at Google or Microsoft, in their browser. What comes back is
 * believed once, within minutes, and only with the state that we gave.
 */
@Component
class MailConsent {
  private static final String PURPOSE = "mail consent";
  private static final Duration VALID = Duration.ofMinutes(15);

  private final JdbcClient jdbc;
  private final MailAccounts accounts;
  private final AccessTokens tokens;
  private final TokenEndpoint endpoint;
  private final SecretBox box;
  private final Settings settings;
  private final Clock clock;

  MailConsent(
      JdbcClient jdbc,
      MailAccounts accounts,
      AccessTokens tokens,
      TokenEndpoint endpoint,
      SecretBox box,
      Settings settings,
      Clock clock) {
    this.jdbc = jdbc;
    this.accounts = accounts;
    this.tokens = tokens;
    this.endpoint = endpoint;
    this.box = box;
    this.settings = settings;
    this.clock = clock;
  }

  /** The page of the provider where an owner consents. */
  String begin(long accountId) {
    MailAccount account = accounts.get(accountId);
    if (account.auth() == MailAccount.Auth.password) {
      throw Problem.conflict("This account is read with a password.");
    }
    String state = SecretKey.randomToken(160);
    String verifier = SecretKey.randomToken(320);
    jdbc.sql(
            """
            update mail_account set consent_fingerprint = :fingerprint, consent_verifier = :verifier, consent_until = :until
            where id = :id
            """)
        .param("fingerprint", SecretKey.fingerprint(state))
        .param("verifier", box.seal(PURPOSE, verifier))
        .param("until", clock.instant().plus(VALID).atOffset(ZoneOffset.UTC))
        .param("id", accountId)
        .update();
    return endpoint.consentPage(account, redirect(), state, challenge(verifier));
  }

  /**
   * @throws Problem if the state is none of ours or was used before, or the provider gives nothing
   */
  MailAccount end(String state, String code) {
    record Begun(long id, byte[] verifier) {}
    Begun begun =
        jdbc.sql(
                """
                with begun as (
                  select id, consent_verifier from mail_account
                  where consent_fingerprint = :fingerprint and consent_until > :now for update)
                update mail_account set consent_fingerprint = null, consent_verifier = null, consent_until = null
                from begun where mail_account.id = begun.id returning begun.id, begun.consent_verifier
                """)
            .param("fingerprint", SecretKey.fingerprint(state))
            .param("now", clock.instant().atOffset(ZoneOffset.UTC))
            .query((row, n) -> new Begun(row.getLong(1), row.getBytes(2)))
            .optional()
            .orElseThrow(() ->
                Problem.conflict("This sign-in is too old or was used before. Begin it again."));
    MailAccount account = accounts.get(begun.id());
    try {
      TokenEndpoint.Tokens given =
          endpoint.redeemed(
              account,
              tokens.clientSecret(account.id()),
              code,
              box.open(PURPOSE, begun.verifier()),
              redirect());
      tokens.save(account.id(), given);
      return accounts.retry(account.id());
    } catch (IOException | ConnectionTrouble.AccessWithdrawn e) {
      throw Problem.conflict(
          TokenEndpoint.provider(account) + " did not let us in: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Problem.unavailable();
    }
  }

  /** As it has to be entered at the provider. */
  String redirect() {
    return settings.linkBase() + "/api/v1/mail-accounts/oauth/callback";
  }

  private static String challenge(String verifier) {
    try {
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(
              MessageDigest.getInstance("SHA-256")
                  .digest(verifier.getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
