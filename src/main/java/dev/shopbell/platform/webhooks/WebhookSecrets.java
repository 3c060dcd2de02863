package dev.shopbell.platform.webhooks;

import dev.shopbell.platform.SecretBox;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The secrets by which receivers know that it is us; sealed for their webhook. */
@Component
class WebhookSecrets {
  /** So long the secret before the newest one signs, too. */
  static final Duration OVERLAP = Duration.ofHours(24);

  /** Standard Webhooks asks for 24 to 64. */
  private static final int BYTES = 32;

  private static final SecureRandom RANDOM = new SecureRandom();

  private final JdbcClient jdbc;
  private final SecretBox box;
  private final Clock clock;

  WebhookSecrets(JdbcClient jdbc, SecretBox box, Clock clock) {
    this.jdbc = jdbc;
    this.box = box;
    this.clock = clock;
  }

  /** Makes a new one; the one before signs on for a day. Nobody can read it again. */
  String renew(long webhookId) {
    byte[] key = new byte[BYTES];
    RANDOM.nextBytes(key);
    String secret = StandardSignature.PREFIX + Base64.getEncoder().encodeToString(key);
    jdbc.sql(
            """
            update webhook set old_secret = secret, secret = :secret,
              old_secret_until = case when secret is null then null else :until::timestamptz end
            where id = :id
            """)
        .param("secret", box.seal(purpose(webhookId), secret))
        .param("until", clock.instant().plus(OVERLAP).toString())
        .param("id", webhookId)
        .update();
    return secret;
  }

  /** The value of {@code webhook-signature}: by each secret that holds now, the newest first. */
  String signatures(long webhookId, String id, Instant at, byte[] body) {
    return String.join(
        " ",
        secrets(webhookId).stream()
            .map(secret -> StandardSignature.of(secret, id, at, body))
            .toList());
  }

  private List<String> secrets(long webhookId) {
    return jdbc.sql(
            """
            select secret, case when old_secret_until > :now::timestamptz then old_secret end as old
            from webhook where id = :id
            """)
        .param("now", clock.instant().toString())
        .param("id", webhookId)
        .query((row, n) -> {
          List<String> secrets = new ArrayList<>();
          secrets.add(box.open(purpose(webhookId), row.getBytes("secret")));
          byte[] old = row.getBytes("old");
          if (old != null) {
            secrets.add(box.open(purpose(webhookId), old));
          }
          return secrets;
        })
        .single();
  }

  private static String purpose(long webhookId) {
    return "webhook " + webhookId;
  }
}
