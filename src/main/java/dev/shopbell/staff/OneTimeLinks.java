package dev.shopbell.staff;

import dev.shopbell.platform.SecretKey;
import dev.shopbell.platform.Settings;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The links by which somebody chooses a password. What is stored is their fingerprint. They name
 * the desk as {@code SHOPBELL_PUBLIC_URL} does: never as a request calls it, which anybody could
 * send.
 */
@Component
class OneTimeLinks {
  private final JdbcClient jdbc;
  private final Settings settings;
  private final Clock clock;

  OneTimeLinks(JdbcClient jdbc, Settings settings, Clock clock) {
    this.jdbc = jdbc;
    this.settings = settings;
    this.clock = clock;
  }

  /** How a link comes to be; by that it lives longer or shorter. */
  enum Kind {
    /** To join, or to set up the first owner. */
    invitation(Duration.ofDays(7)),
    /** For a new password, handed over by a colleague. */
    byHand(Duration.ofDays(1)),
    /** For a new password, to the agent's own address. */
    byMail(Duration.ofHours(1)),
    /** Made on the server: takes the second step away, too. */
    rescue(Duration.ofHours(1));

    private final Duration life;

    Kind(Duration life) {
      this.life = life;
    }
  }

  /** A link, shown once to whoever made it. */
  @Schema(name = "InvitationLink")
  record Link(String invitationUrl, Instant expiresAt) {}

  /**
   * @param agentId null where it sets up the first owner
   */
  record Found(@Nullable Long agentId, Kind kind, Instant expiresAt) {}

  /**
   * Makes a link, and ends every earlier one of that kind for the same agent: who asks for mail
   * ends nothing that somebody else has made.
   */
  Link make(@Nullable Long agentId, Kind kind) {
    String token = SecretKey.randomToken(200);
    Instant now = clock.instant();
    Instant expires = now.plus(kind.life);
    jdbc.sql("delete from invitation where agent_id is not distinct from ? and kind = ?")
        .param(agentId)
        .param(kind.name())
        .update();
    jdbc.sql(
            """
            insert into invitation (fingerprint, agent_id, kind, created_at, expires_at)
            values (:fingerprint, :agent, :kind, :now, :expires)
            """)
        .param("fingerprint", SecretKey.fingerprint(token))
        .param("agent", agentId)
        .param("kind", kind.name())
        .param("now", now.atOffset(ZoneOffset.UTC))
        .param("expires", expires.atOffset(ZoneOffset.UTC))
        .update();
    return new Link(settings.linkBase() + "/join/" + token, expires);
  }

  Optional<Found> find(String token) {
    return read("select agent_id, kind, expires_at from invitation where", "", token);
  }

  /** Uses it up: of two who open it at once, one has it. */
  Optional<Found> take(String token) {
    return read("delete from invitation where", " returning agent_id, kind, expires_at", token);
  }

  private Optional<Found> read(String what, String answer, String token) {
    return jdbc.sql(what + " fingerprint = ? and expires_at > ?" + answer)
        .param(SecretKey.fingerprint(token))
        .param(clock.instant().atOffset(ZoneOffset.UTC))
        .query((row, n) ->
            new Found(
                row.getObject("agent_id", Long.class),
                Kind.valueOf(row.getString("kind")),
                row.getTimestamp("expires_at").toInstant()))
        .optional();
  }

  /** Ends all of the agent. */
  void end(long agentId) {
    jdbc.sql("delete from invitation where agent_id = ?").param(agentId).update();
  }
}
