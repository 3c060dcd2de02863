package dev.shopbell.staff;

import dev.shopbell.platform.facts.Actor;
import dev.shopbell.platform.facts.Facts;
import dev.shopbell.platform.web.Problem;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Counts attempts to get in, in the database, so that guessing is slow on every node. Counted are
 * those of the last 15 minutes.
 */
@Component
class Attempts {
  static final Duration WINDOW = Duration.ofMinutes(15);

  private final JdbcClient jdbc;
  private final RefusedSignIns refusedSignIns;
  private final Facts facts;
  private final Clock clock;
  private final TransactionTemplate alone;

  Attempts(
      JdbcClient jdbc,
      RefusedSignIns refusedSignIns,
      Facts facts,
      Clock clock,
      PlatformTransactionManager transactions) {
    this.jdbc = jdbc;
    this.refusedSignIns = refusedSignIns;
    this.facts = facts;
    this.clock = clock;
    // A refusal rolls back whatever it stands in, such as the answer kept for an Idempotency-Key:
    // the
    // count must not go with it.
    this.alone = new TransactionTemplate(transactions);
    this.alone.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
  }

  /**
   * Of whom they are counted, and how many there may be.
   *
   * @param subject never an address of a person, but its fingerprint
   */
  record Limit(String subject, int most) {}

  /**
   * @throws Problem if there were too many
   */
  void check(List<Limit> limits) {
    if (limits.stream().anyMatch(limit -> count(limit.subject()) >= limit.most())) {
      throw Problem.tooMany(
          "Too many attempts. Wait a quarter of an hour, or ask an owner for a new link.", WINDOW);
    }
  }

  int count(String subject) {
    return jdbc.sql("select count(*) from sign_in_failure where subject = ? and at > ?")
        .param(subject)
        .param(clock.instant().minus(WINDOW).atOffset(ZoneOffset.UTC))
        .query(Integer.class)
        .single();
  }

  /**
   * Counts an attempt before it is judged, so that many made at once are no more than the limit.
   *
   * @throws Problem if there were too many
   */
  void begin(Limit limit) {
    check(List.of(limit));
    add(limit.subject());
    check(List.of(new Limit(limit.subject(), limit.most() + 1)));
  }

  void succeeded(Limit limit) {
    jdbc.sql("delete from sign_in_failure where subject = ?").param(limit.subject()).update();
  }

  /** Counts a refusal, and tells of it in the audit, whatever becomes of the caller's work. */
  void refused(List<Limit> limits, @Nullable Long agentId, SignInMethod by) {
    alone.executeWithoutResult(status -> {
      limits.forEach(limit -> insert(limit.subject()));
      facts.append(Actor.SYSTEM, new SignInRefused(agentId, by));
      refusedSignIns.count(agentId, by);
    });
  }

  void add(String subject) {
    alone.executeWithoutResult(status -> insert(subject));
  }

  private void insert(String subject) {
    jdbc.sql("insert into sign_in_failure (subject, at) values (?, ?)")
        .param(subject)
        .param(clock.instant().atOffset(ZoneOffset.UTC))
        .update();
  }

  void forget(Instant now) {
    jdbc.sql("delete from sign_in_failure where at < ?")
        .param(now.minus(WINDOW).atOffset(ZoneOffset.UTC))
        .update();
  }
}
