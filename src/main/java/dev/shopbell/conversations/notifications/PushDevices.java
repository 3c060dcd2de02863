package dev.shopbell.conversations.notifications;

import dev.shopbell.platform.web.Problem;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The browsers in which agents want to be told. */
@Service
class PushDevices {
  private static final int MOST = 20;
  private static final int LONGEST_ENDPOINT = 2_000;
  private static final int LONGEST_NAME = 120;

  private final JdbcClient jdbc;
  private final Clock clock;

  PushDevices(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /**
   * @param name such as "Firefox on Linux"
   */
  record PushDevice(long id, String name, Instant createdAt, @Nullable Instant lastPushedAt) {}

  /**
   * What a browser says of its subscription.
   *
   * @param endpoint where its push service takes messages
   * @param p256dh its public key, 65 bytes in Base64 for URLs
   * @param auth the secret it shares with us, 16 bytes likewise
   */
  record NewPushDevice(String endpoint, String p256dh, String auth, @Nullable String name) {}

  /** Where to send, and by which keys. */
  record Address(long id, long agentId, String endpoint, byte[] publicKey, byte[] secret) {}

  List<PushDevice> of(long agentId) {
    return jdbc.sql(
            "select id, name, created_at, last_pushed_at from push_device where agent_id = ? order by id desc")
        .param(agentId)
        .query((row, n) -> {
          Timestamp pushed = row.getTimestamp("last_pushed_at");
          return new PushDevice(
              row.getLong("id"),
              row.getString("name"),
              row.getTimestamp("created_at").toInstant(),
              pushed == null ? null : pushed.toInstant());
        })
        .list();
  }

  /** Keeps a subscription; one that is known already becomes this agent's. */
  @Transactional
  PushDevice add(long agentId, NewPushDevice device) {
    check(device);
    String name = device.name() == null ? "" : device.name().strip().replaceAll("\\p{Cntrl}", "");
    long id =
        jdbc.sql(
                """
                insert into push_device (agent_id, endpoint, public_key, secret, name, created_at)
                values (:agent, :endpoint, :key, :secret, :name, :now)
                on conflict (md5(endpoint)) do update set agent_id = excluded.agent_id,
                  public_key = excluded.public_key, secret = excluded.secret, name = excluded.name
                returning id
                """)
            .param("agent", agentId)
            .param("endpoint", device.endpoint())
            .param("key", device.p256dh())
            .param("secret", device.auth())
            .param(
                "name",
                name.isEmpty()
                    ? "A browser"
                    : name.substring(0, Math.min(name.length(), LONGEST_NAME)))
            .param("now", clock.instant().atOffset(ZoneOffset.UTC))
            .query(Long.class)
            .single();
    List<PushDevice> all = of(agentId);
    if (all.size() > MOST) {
      throw Problem.conflict("You have " + MOST + " devices already: end one of them first.");
    }
    return all.stream().filter(one -> one.id() == id).findFirst().orElseThrow();
  }

  private static void check(NewPushDevice device) {
    try {
      URI endpoint = URI.create(device.endpoint() == null ? "" : device.endpoint());
      boolean web = "https".equals(endpoint.getScheme()) || "http".equals(endpoint.getScheme());
      if (!web || endpoint.getHost() == null || device.endpoint().length() > LONGEST_ENDPOINT) {
        throw Problem.invalid("endpoint", "The endpoint is the address of a push service.");
      }
    } catch (IllegalArgumentException e) {
      throw Problem.invalid("endpoint", "The endpoint is the address of a push service.");
    }
    try {
      P256.key(decoded(device.p256dh()));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw Problem.invalid("p256dh", "It is a public key on the curve P-256, of 65 bytes.");
    }
    try {
      if (decoded(device.auth()).length != 16) {
        throw Problem.invalid("auth", "The secret has 16 bytes.");
      }
    } catch (IllegalArgumentException e) {
      throw Problem.invalid("auth", "The secret is written in Base64 for URLs.");
    }
  }

  private static byte[] decoded(@Nullable String text) {
    return Base64.getUrlDecoder().decode(text == null ? "" : text);
  }

  @Transactional
  void end(long agentId, long id) {
    jdbc.sql("delete from push_device where id = ? and agent_id = ?")
        .param(id)
        .param(agentId)
        .update();
  }

  List<Address> addresses(long agentId) {
    return jdbc.sql(
            "select id, agent_id, endpoint, public_key, secret from push_device where agent_id = ?")
        .param(agentId)
        .query(PushDevices::address)
        .list();
  }

  Optional<Address> address(long id) {
    return jdbc.sql(
            "select id, agent_id, endpoint, public_key, secret from push_device where id = ?")
        .param(id)
        .query(PushDevices::address)
        .optional();
  }

  private static Address address(ResultSet row, int n) throws SQLException {
    return new Address(
        row.getLong("id"),
        row.getLong("agent_id"),
        row.getString("endpoint"),
        decoded(row.getString("public_key")),
        decoded(row.getString("secret")));
  }

  /** The push service knows it no more. */
  void gone(long id) {
    jdbc.sql("delete from push_device where id = ?").param(id).update();
  }

  void pushed(long id) {
    jdbc.sql("update push_device set last_pushed_at = ? where id = ?")
        .param(clock.instant().atOffset(ZoneOffset.UTC))
        .param(id)
        .update();
  }
}
