package dev.shopbell.staff;

import dev.shopbell.platform.SecretKey;
import dev.shopbell.platform.facts.Actor;
import dev.shopbell.platform.facts.Facts;
import dev.shopbell.platform.web.Problem;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Signing in by password, and the sessions that follow. A session ends after 14 days without use.
 * Failures are counted in the database: for 15 minutes, 5 from one network address for one account,
 * 30 from one address, and 100 for one account from anywhere; past that the answer is to wait.
 */
@Service
class Sessions {
  static final Duration LIFE = Duration.ofDays(14);
  private static final Duration WINDOW = Duration.ofMinutes(15);
  private static final Duration TOUCH = Duration.ofMinutes(1);

  private final JdbcClient jdbc;
  private final Agents agents;
  private final Passwords passwords;
  private final Facts facts;
  private final Clock clock;
  private final TransactionTemplate transaction;
  private final KnownCallers callers;

  Sessions(
      JdbcClient jdbc,
      Agents agents,
      Passwords passwords,
      Facts facts,
      Clock clock,
      TransactionTemplate transaction,
      KnownCallers callers) {
    this.jdbc = jdbc;
    this.agents = agents;
    this.passwords = passwords;
    this.facts = facts;
    this.clock = clock;
    this.transaction = transaction;
    this.callers = callers;
  }

  /** A session's secret, which the browser keeps, and whose it is. */
  record Opened(String token, Agent agent) {}

  /** Whose session it is, as the door needs it. */
  record Known(Access access, Instant lastSeenAt) {}

  /**
   * @throws Problem if the password is wrong, the account is off, or there were too many failures
   */
  Opened signIn(String email, String password, String address) {
    String account = email.strip().toLowerCase(Locale.ROOT);
    checkFailures("at " + address + " for " + SecretKey.fingerprint(account), 5);
    checkFailures("at " + address, 30);
    checkFailures("for " + SecretKey.fingerprint(account), 100);
    Optional<Agent> agent = agents.byEmail(account).filter(Agent::active);
    String hash = agent.map(known -> agents.passwordHash(known.id())).orElse(null);
    if (!passwords.matches(password, hash) || agent.isEmpty()) {
      transaction.executeWithoutResult(status -> refused(agent, account, address));
      throw Problem.notSignedIn("The address or the password is not right.");
    }
    return open(agent.get());
  }

  Opened open(Agent agent) {
    return java.util.Objects.requireNonNull(
        transaction.execute(status -> {
          String token = SecretKey.randomToken(256);
          Instant now = clock.instant();
          jdbc.sql(
                  """
                  insert into session (fingerprint, agent_id, created_at, last_seen_at, expires_at)
                  values (:fingerprint, :agent, :now, :now, :expires)
                  """)
              .param("fingerprint", SecretKey.fingerprint(token))
              .param("agent", agent.id())
              .param("now", now.atOffset(ZoneOffset.UTC))
              .param("expires", now.plus(LIFE).atOffset(ZoneOffset.UTC))
              .update();
          seen(agent.id(), now);
          facts.append(Actor.agent(agent.id()), new SignedIn(agent.id()));
          return new Opened(token, agent);
        }));
  }

  Optional<Known> known(String token) {
    Instant now = clock.instant();
    String fingerprint = SecretKey.fingerprint(token);
    Optional<Known> known = find(fingerprint);
    known
        .filter(session -> session.lastSeenAt().isBefore(now.minus(TOUCH)))
        .ifPresent(session -> {
          jdbc.sql(
                  "update session set last_seen_at = :now, expires_at = :expires where fingerprint = :fingerprint")
              .param("now", now.atOffset(ZoneOffset.UTC))
              .param("expires", now.plus(LIFE).atOffset(ZoneOffset.UTC))
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
                + ", session.last_seen_at from "
                + Access.TABLES
                + " join session on session.agent_id = agent.id"
                + " where session.fingerprint = :fingerprint and session.expires_at > :now and "
                + Access.HOLDS)
        .param("fingerprint", fingerprint)
        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
        .query((row, n) -> new Known(Access.of(row), row.getTimestamp("last_seen_at").toInstant()))
        .optional();
  }

  void close(String token) {
    jdbc.sql("delete from session where fingerprint = ?")
        .param(SecretKey.fingerprint(token))
        .update();
    callers.changed();
  }

  /** Ends every session of the agent, except one where given. */
  void closeAll(long agentId, String exceptToken) {
    jdbc.sql("delete from session where agent_id = ? and fingerprint <> ?")
        .param(agentId)
        .param(SecretKey.fingerprint(exceptToken))
        .update();
    callers.changed();
  }

  @Transactional
  void changePassword(long agentId, String current, String next, String token) {
    if (!passwords.matches(current, agents.passwordHash(agentId))) {
      throw Problem.invalid("current", "The current password is not right.");
    }
    agents.setPassword(agentId, passwords.hash("next", next));
    closeAll(agentId, token);
    facts.append(Actor.agent(agentId), new AgentChanged(agentId));
  }

  private void seen(long agentId, Instant now) {
    jdbc.sql("update agent set last_seen_at = ? where id = ?")
        .param(now.atOffset(ZoneOffset.UTC))
        .param(agentId)
        .update();
  }

  private void refused(Optional<Agent> agent, String account, String address) {
    String fingerprint = SecretKey.fingerprint(account);
    for (String subject :
        new String[] {
          "at " + address + " for " + fingerprint, "at " + address, "for " + fingerprint
        }) {
      jdbc.sql("insert into sign_in_failure (subject, at) values (?, ?)")
          .param(subject)
          .param(clock.instant().atOffset(ZoneOffset.UTC))
          .update();
    }
    facts.append(Actor.SYSTEM, new SignInRefused(agent.map(Agent::id).orElse(null)));
  }

  private void checkFailures(String subject, int most) {
    int failures =
        jdbc.sql("select count(*) from sign_in_failure where subject = ? and at > ?")
            .param(subject)
            .param(clock.instant().minus(WINDOW).atOffset(ZoneOffset.UTC))
            .query(Integer.class)
            .single();
    if (failures >= most) {
      throw Problem.tooMany(
          "Too many attempts. Wait a quarter of an hour, or ask an owner for a new link.", WINDOW);
    }
  }

  @Scheduled(fixedDelay = 3_600_000)
  @Transactional
  void forget() {
    Instant now = clock.instant();
    jdbc.sql("delete from session where expires_at < ?")
        .param(now.atOffset(ZoneOffset.UTC))
        .update();
    jdbc.sql("delete from sign_in_failure where at < ?")
        .param(now.minus(WINDOW).atOffset(ZoneOffset.UTC))
        .update();
    jdbc.sql("delete from invitation where expires_at < ?")
        .param(now.atOffset(ZoneOffset.UTC))
        .update();
  }
}
