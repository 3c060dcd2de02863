package dev.shopbell.staff;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * How often somebody was refused as an agent, within a day. The agent is told of {@value #MANY} and
 * more, where guessing begins to be slowed, a quarter of an hour later, so that one mail says how
 * many it were; and at most once a day.
 */
@Component
public class RefusedSignIns {
  private static final int MANY = 5;
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration GATHERED = Duration.ofMinutes(15);

  private final JdbcClient jdbc;
  private final SecurityMailer mailer;
  private final Clock clock;

  RefusedSignIns(JdbcClient jdbc, SecurityMailer mailer, Clock clock) {
    this.jdbc = jdbc;
    this.mailer = mailer;
    this.clock = clock;
  }

  /**
   * @param times how often since then
   * @param secondSteps of these, how often the password was right and the second step was not
   */
  public record Count(int times, int secondSteps, Instant since) {}

  /**
   * The same work whether the address is somebody's or not.
   *
   * @param agentId null where it is nobody's
   */
  @Transactional(propagation = Propagation.MANDATORY)
  void count(@Nullable Long agentId, SignInMethod by) {
    OffsetDateTime now = clock.instant().atOffset(ZoneOffset.UTC);
    int tell =
        jdbc.sql(
                """
                with counted as (
                  insert into refused_sign_in as one (agent_id, since, times, second_steps)
                  select id, :now, 1, :second from agent where id = :agent
                  on conflict (agent_id) do update set
                    since = case when one.since < :dayAgo then :now else one.since end,
                    times = case when one.since < :dayAgo then 1 else one.times + 1 end,
                    second_steps = case when one.since < :dayAgo then :second else one.second_steps + :second end,
                    told_at = case when one.times + 1 >= :many and one.since >= :dayAgo
                        and coalesce(one.told_at < :dayAgo, true) then :now else one.told_at end
                  returning told_at)
                select count(*) from counted where told_at = :now
                """)
            .param("agent", agentId == null ? SecurityMailer.NOBODY : agentId)
            .param("now", now)
            .param("dayAgo", now.minus(DAY))
            .param("second", by == SignInMethod.app ? 1 : 0)
            .param("many", MANY)
            .query(Integer.class)
            .single();
    if (agentId != null && tell > 0) {
      mailer.refused(agentId, clock.instant().plus(GATHERED));
    }
  }

  public Optional<Count> of(long agentId) {
    return jdbc.sql("select times, second_steps, since from refused_sign_in where agent_id = ?")
        .param(agentId)
        .query((row, n) ->
            new Count(
                row.getInt("times"),
                row.getInt("second_steps"),
                row.getTimestamp("since").toInstant()))
        .optional();
  }
}
