package dev.shopbell.staff;

import dev.shopbell.platform.SecretKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** For what takes two calls: the second one shows the ticket of the first, once, soon after. */
@Component
class Tickets {
  static final Duration LIFE = Duration.ofMinutes(5);

  private final JdbcClient jdbc;
  private final Clock clock;

  Tickets(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  enum Purpose {
    secondStep,
    newPasskey,
    passkey,
    provider
  }

  record Made(String ticket, Instant expiresAt) {}

  /**
   * @param agentId null where it is not known yet who it will be
   * @param data what the second call has to fit
   */
  record Ticket(@Nullable Long agentId, String data) {}

  Made make(Purpose purpose, @Nullable Long agentId, String data) {
    return make(purpose, agentId, data, LIFE);
  }

  Made make(Purpose purpose, @Nullable Long agentId, String data, Duration life) {
    String ticket = SecretKey.randomToken(200);
    Instant expires = clock.instant().plus(life);
    jdbc.sql(
            """
            insert into sign_in_ticket (fingerprint, purpose, agent_id, data, expires_at)
            values (:fingerprint, :purpose, :agent, :data, :expires)
            """)
        .param("fingerprint", SecretKey.fingerprint(ticket))
        .param("purpose", purpose.name())
        .param("agent", agentId)
        .param("data", data)
        .param("expires", expires.atOffset(ZoneOffset.UTC))
        .update();
    return new Made(ticket, expires);
  }

  /** Looks at a ticket that may be shown again. */
  Optional<Ticket> find(Purpose purpose, String ticket) {
    return read("select agent_id, data from sign_in_ticket where ", "", purpose, ticket);
  }

  /** Uses it up: of two that show it at once, one has it. */
  Optional<Ticket> take(Purpose purpose, String ticket) {
    return read("delete from sign_in_ticket where ", " returning agent_id, data", purpose, ticket);
  }

  private Optional<Ticket> read(String what, String answer, Purpose purpose, String ticket) {
    return jdbc.sql(
            what
                + "fingerprint = :fingerprint and purpose = :purpose and expires_at > :now"
                + answer)
        .param("fingerprint", SecretKey.fingerprint(ticket))
        .param("purpose", purpose.name())
        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
        .query((row, n) -> new Ticket(row.getObject("agent_id", Long.class), row.getString("data")))
        .optional();
  }

  void forget(Instant now) {
    jdbc.sql("delete from sign_in_ticket where expires_at < ?")
        .param(now.atOffset(ZoneOffset.UTC))
        .update();
  }
}
