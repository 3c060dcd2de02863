package dev.shopbell.conversations;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What belongs to single agents, when messages go to another conversation: how far they have read,
 * what they follow, and what they had begun to write. A draft is found in the conversation that is
 * kept, and nothing of it is lost; the merged one keeps its own for the day on which that is
 * undone.
 */
@Component
class AgentsPart {
  private final JdbcClient jdbc;
  private final Drafts drafts;
  private final ReadingStore readings;

  AgentsPart(JdbcClient jdbc, Drafts drafts, ReadingStore readings) {
    this.jdbc = jdbc;
    this.drafts = drafts;
    this.readings = readings;
  }

  void carryReadings(long from, long to) {
    readings.carry(from, to);
  }

  /** Whoever follows the one that is merged follows the one that stands for it. */
  void carryFollowers(long from, long to, Instant at) {
    jdbc.sql(
            """
            insert into follower (conversation_id, agent_id, following, since)
            select :to, agent_id, true, :at from follower where conversation_id = :from and following
            on conflict do nothing
            """)
        .param("from", from)
        .param("to", to)
        .param("at", at.atOffset(ZoneOffset.UTC))
        .update();
  }

  void partFollowers(long id, Instant at) {
    jdbc.sql("delete from follower where conversation_id = ? and since = ?")
        .param(id)
        .param(at.atOffset(ZoneOffset.UTC))
        .update();
  }

  void beginReadings(long from, long to) {
    readings.begin(from, to);
  }

  /** Copies the drafts of one to those of the other, and says what that changed, by agent. */
  Map<Long, MoveState.DraftChange> joinDrafts(long from, long to) {
    Map<Long, String> kept = of(to);
    Map<Long, MoveState.DraftChange> changed = new HashMap<>();
    of(from)
        .forEach((agent, html) -> {
          String before = kept.get(agent);
          String after = before == null ? html : before + html;
          drafts.keep(to, agent, after);
          changed.put(agent, new MoveState.DraftChange(before, after));
        });
    return changed;
  }

  /** Takes the copies away again, where nobody has written on. */
  void partDrafts(long id, Map<Long, MoveState.DraftChange> changed) {
    Map<Long, String> now = of(id);
    changed.forEach((agent, change) -> {
      if (Objects.equals(now.get(agent), change.after())) {
        if (change.before() == null) {
          drafts.discard(id, agent);
        } else {
          drafts.keep(id, agent, change.before());
        }
      }
    });
  }

  private Map<Long, String> of(long conversationId) {
    Map<Long, String> found = new HashMap<>();
    jdbc.sql("select agent_id, html from draft where conversation_id = ?")
        .param(conversationId)
        .query(row -> {
          found.put(row.getLong(1), row.getString(2));
        });
    return found;
  }
}
