package dev.shopbell.staff;

import dev.shopbell.platform.SecretKey;
import dev.shopbell.platform.facts.Actor;
import dev.shopbell.platform.facts.Facts;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The browsers by which an agent has signed in, known by a mark that each keeps as a cookie. A new
 * one is told by mail, but not
 *
 * <ul>
 *   <li>the first of all;
 *   <li>one that looks like a known one (browser, system and network): most often it is that one,
 *       which has forgotten its cookies;
 *   <li>within minutes of a new password, which was told by itself.
 * </ul>
 */
@Component
public class KnownDevices {
  /** As long as browsers keep a cookie at most. */
  static final Duration LIFE = Duration.ofDays(400);

  private static final Duration JUST_NOW = Duration.ofMinutes(10);
  private static final int MOST = 100;
  private static final Pattern MARK = Pattern.compile("[a-z2-7]{32}");

  private final JdbcClient jdbc;
  private final Facts facts;
  private final SecurityMailer mailer;
  private final Clock clock;

  KnownDevices(JdbcClient jdbc, Facts facts, SecurityMailer mailer, Clock clock) {
    this.jdbc = jdbc;
    this.facts = facts;
    this.mailer = mailer;
    this.clock = clock;
  }

  /**
   * A browser by which somebody signed in.
   *
   * @param browser such as Firefox; null where it said none that is known
   * @param system such as Windows; null likewise
   * @param network shortened: {@code 203.0.113.x}; null where unknown
   */
  public record Seen(
      long agentId,
      @Nullable String browser,
      @Nullable String system,
      @Nullable String network,
      Instant at) {}

  private record Row(long id, boolean fresh) {}

  /** Notes who signs in by it; returns the mark that the browser is to keep. */
  @Transactional(propagation = Propagation.MANDATORY)
  String signedIn(long agentId, Device device) {
    String mark =
        device.mark() != null && MARK.matcher(device.mark()).matches()
            ? device.mark()
            : SecretKey.randomToken(160);
    Instant now = clock.instant();
    boolean familiar = isFamiliar(agentId, device, now);
    Row row =
        jdbc.sql(
                """
                insert into known_device (agent_id, fingerprint, browser, system, network, first_seen_at, last_seen_at)
                values (:agent, :mark, :browser, :system, :network, :now, :now)
                on conflict (agent_id, fingerprint) do update set last_seen_at = :now
                returning id, xmax = 0 as fresh
                """)
            .param("agent", agentId)
            .param("mark", SecretKey.fingerprint(mark))
            .param("browser", device.browser())
            .param("system", device.system())
            .param("network", device.network())
            .param("now", now.atOffset(ZoneOffset.UTC))
            .query(Row.class)
            .single();
    if (row.fresh()) {
      jdbc.sql(
              """
              delete from known_device where id in (
                select id from known_device where agent_id = ? order by last_seen_at desc, id desc offset ?)
              """)
          .param(agentId)
          .param(MOST)
          .update();
      if (!familiar) {
        facts.append(Actor.agent(agentId), new NewDeviceUsed(agentId, row.id()));
        mailer.newDevice(row.id());
      }
    }
    return mark;
  }

  private boolean isFamiliar(long agentId, Device device, Instant now) {
    return jdbc.sql(
            """
            select not exists (select from known_device where agent_id = :agent)
              or exists (select from known_device where agent_id = :agent
                and browser = :browser and system = :system and network = :network)
              or exists (select from agent where id = :agent and password_changed_at > :justNow)
            """)
        .param("agent", agentId)
        .param("browser", device.browser())
        .param("system", device.system())
        .param("network", device.network())
        .param("justNow", now.minus(JUST_NOW).atOffset(ZoneOffset.UTC))
        .query(Boolean.class)
        .single();
  }

  public Optional<Seen> find(long deviceId) {
    return jdbc.sql(
            "select agent_id, browser, system, network, first_seen_at as at from known_device where id = ?")
        .param(deviceId)
        .query((row, n) ->
            new Seen(
                row.getLong("agent_id"),
                row.getString("browser"),
                row.getString("system"),
                row.getString("network"),
                row.getTimestamp("at").toInstant()))
        .optional();
  }

  @Scheduled(fixedDelay = 3_600_000)
  void forget() {
    jdbc.sql("delete from known_device where last_seen_at < ?")
        .param(clock.instant().minus(LIFE).atOffset(ZoneOffset.UTC))
        .update();
  }
}
