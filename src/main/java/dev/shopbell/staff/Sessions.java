package dev.shopbell.staff;

import dev.shopbell.platform.SecretKey;
import dev.shopbell.platform.facts.Actor;
import dev.shopbell.platform.facts.Facts;
import dev.shopbell.platform.web.Problem;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Being signed in, in one browser. A session ends after 14 days without use, or when somebody ends
 * it; its live connections end with it.
 */
@Service
class Sessions {
  static final Duration LIFE = Duration.ofDays(14);
  private static final Duration TOUCH = Duration.ofMinutes(1);

  /** So long after showing that it is them may somebody change how they get in. */
  private static final Duration CONFIRMED = Duration.ofMinutes(15);

  private final JdbcClient jdbc;
  private final Facts facts;
  private final Clock clock;
  private final KnownCallers callers;
  private final Attempts attempts;
  private final Tickets tickets;
  private final KnownDevices devices;

  Sessions(
      JdbcClient jdbc,
      Facts facts,
      Clock clock,
      KnownCallers callers,
      Attempts attempts,
      Tickets tickets,
      KnownDevices devices) {
    this.jdbc = jdbc;
    this.facts = facts;
    this.clock = clock;
    this.callers = callers;
    this.attempts = attempts;
    this.tickets = tickets;
    this.devices = devices;
  }

  /**
   * A session's secret, which the browser keeps, and whose it is.
   *
   * @param device the mark by which the browser is known again
   */
  record Opened(String token, String device, Agent agent) {}

  /**
   * Whose session it is, as the door needs it.
   *
   * @param settingUp whether a second step is required of them, and they have none
   */
  record Known(Access access, Instant lastSeenAt, boolean settingUp) {}

  /**
   * A session as its agent sees it.
   *
   * @param browser such as Firefox; null where it said none that is known
   * @param system such as Windows; null likewise
   * @param network where it was last used from, shortened: {@code 203.0.113.x}; null where unknown
   * @param current whether it is the one that asks
   */
  @Schema(name = "OpenSession")
  record Open(
      long id,
      @Nullable String browser,
      @Nullable String system,
      @Nullable String network,
      Instant createdAt,
      Instant lastSeenAt,
      boolean current) {}

  /**
   * @throws Problem if this agent has to come by an identity provider, and did not
   */
  void checkWay(Agent agent, SignInMethod method) {
    if (method == SignInMethod.provider || agent.role().equals(BuiltInRole.owner.name())) {
      return;
    }
    jdbc.sql("select name from identity_provider where exclusive order by id limit 1")
        .query(String.class)
        .optional()
        .ifPresent(name -> {
          throw Problem.forbidden(
              "At this desk everybody but owners signs in with " + name + ": use its button.");
        });
  }

  @Transactional
  Opened open(Agent agent, Device device, SignInMethod method) {
    return open(agent, device, method, null);
  }

  /** One that ends when the passkey is taken away. */
  @Transactional
  Opened openByPasskey(Agent agent, Device device, long passkeyId) {
    return open(agent, device, SignInMethod.passkey, passkeyId);
  }

  private Opened open(Agent agent, Device device, SignInMethod method, @Nullable Long passkeyId) {
    checkWay(agent, method);
    String token = SecretKey.randomToken(256);
    Instant now = clock.instant();
    jdbc.sql(
            """
            insert into session (fingerprint, agent_id, created_at, last_seen_at, expires_at, browser, system, network,
              confirmed_at, method, passkey_id)
            values (:fingerprint, :agent, :now, :now, :expires, :browser, :system, :network, :now, :method, :passkey)
            """)
        .param("fingerprint", SecretKey.fingerprint(token))
        .param("agent", agent.id())
        .param("now", now.atOffset(ZoneOffset.UTC))
        .param("expires", now.plus(LIFE).atOffset(ZoneOffset.UTC))
        .param("method", method.name())
        .param("passkey", passkeyId)
        .param("browser", device.browser())
        .param("system", device.system())
        .param("network", device.network())
        .update();
    seen(agent.id(), now);
    facts.append(Actor.agent(agent.id()), new SignedIn(agent.id(), method));
    return new Opened(token, devices.signedIn(agent.id(), device), agent);
  }

  Optional<Known> known(String token, Device device) {
    Instant now = clock.instant();
    String fingerprint = SecretKey.fingerprint(token);
    Optional<Known> known = find(fingerprint);
    known
        .filter(session -> session.lastSeenAt().isBefore(now.minus(TOUCH)))
        .ifPresent(session -> {
          jdbc.sql(
                  """
                  update session set last_seen_at = :now, expires_at = :expires, network = :network
                  where fingerprint = :fingerprint
                  """)
              .param("now", now.atOffset(ZoneOffset.UTC))
              .param("expires", now.plus(LIFE).atOffset(ZoneOffset.UTC))
              .param("network", device.network())
              .param("fingerprint", fingerprint)
              .update();
          seen(session.access().agentId(), now);
        });
    return known;
  }

  Optional<Known> find(String fingerprint) {
    return jdbc.sql(
            "select "
                + Access.COLUMNS
                + ", session.last_seen_at, session.method = 'password' and not "
                + SecondSteps.HAS
                + " and "
                + SignInPolicy.REQUIRED
                + " as setting_up from "
                + Access.TABLES
                + " join session on session.agent_id = agent.id"
                + " where session.fingerprint = :fingerprint and session.expires_at > :now and "
                + Access.HOLDS)
        .param("fingerprint", fingerprint)
        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
        .query((row, n) ->
            new Known(
                Access.of(row),
                row.getTimestamp("last_seen_at").toInstant(),
                row.getBoolean("setting_up")))
        .optional();
  }

  /**
   * Those that are open, the last used first.
   *
   * @param fingerprint of the one that asks
   */
  List<Open> of(long agentId, String fingerprint) {
    return jdbc.sql(
            """
            select id, browser, system, network, created_at, last_seen_at, fingerprint = :fingerprint as current
            from session where agent_id = :agent and expires_at > :now
            order by current desc, last_seen_at desc, id desc
            """)
        .param("agent", agentId)
        .param("fingerprint", fingerprint)
        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
        .query((row, n) ->
            new Open(
                row.getLong("id"),
                row.getString("browser"),
                row.getString("system"),
                row.getString("network"),
                row.getTimestamp("created_at").toInstant(),
                row.getTimestamp("last_seen_at").toInstant(),
                row.getBoolean("current")))
        .list();
  }

  /** The session's agent has just shown again that it is them. */
  void confirm(String fingerprint) {
    jdbc.sql("update session set confirmed_at = ? where fingerprint = ?")
        .param(clock.instant().atOffset(ZoneOffset.UTC))
        .param(fingerprint)
        .update();
  }

  Instant confirmedUntil(String fingerprint) {
    return jdbc.sql("select confirmed_at from session where fingerprint = ?")
        .param(fingerprint)
        .query((row, n) -> row.getTimestamp("confirmed_at").toInstant())
        .single()
        .plus(CONFIRMED);
  }

  /**
   * @throws Problem if it is too long ago
   */
  void checkConfirmed(String fingerprint) {
    if (confirmedUntil(fingerprint).isBefore(clock.instant())) {
      throw Problem.forbidden(
          "Show your password, or sign in, again first: how you sign in is changed within 15 minutes of that.");
    }
  }

  void close(String token) {
    jdbc.sql("delete from session where fingerprint = ?")
        .param(SecretKey.fingerprint(token))
        .update();
    callers.changed();
  }

  /**
   * @throws Problem if the agent has none of that id
   */
  @Transactional
  void end(long agentId, long id) {
    int ended =
        jdbc.sql("delete from session where agent_id = ? and id = ?")
            .param(agentId)
            .param(id)
            .update();
    if (ended == 0) {
      throw Problem.notFound("There is no session " + id + " of yours; it may have ended already.");
    }
    ended(Actor.agent(agentId), agentId);
  }

  /**
   * Ends every session of the agent but one.
   *
   * @param fingerprint of the one that stays
   */
  @Transactional
  void endOthers(long agentId, String fingerprint) {
    int ended =
        jdbc.sql("delete from session where agent_id = ? and fingerprint <> ?")
            .param(agentId)
            .param(fingerprint)
            .update();
    if (ended > 0) {
      ended(Actor.agent(agentId), agentId);
    }
  }

  @Transactional
  void endAll(Actor actor, long agentId) {
    if (jdbc.sql("delete from session where agent_id = ?").param(agentId).update() > 0) {
      ended(actor, agentId);
    }
  }

  private void ended(Actor actor, long agentId) {
    facts.append(actor, new SessionsEnded(agentId));
    callers.changed();
  }

  private void seen(long agentId, Instant now) {
    jdbc.sql("update agent set last_seen_at = ? where id = ?")
        .param(now.atOffset(ZoneOffset.UTC))
        .param(agentId)
        .update();
  }

  @Scheduled(fixedDelay = 3_600_000)
  @Transactional
  void forget() {
    Instant now = clock.instant();
    jdbc.sql("delete from session where expires_at < ?")
        .param(now.atOffset(ZoneOffset.UTC))
        .update();
    attempts.forget(now);
    tickets.forget(now);
    jdbc.sql("delete from invitation where expires_at < ?")
        .param(now.atOffset(ZoneOffset.UTC))
        .update();
  }
}
