package dev.shopbell.conversations;

import dev.shopbell.platform.web.Problem;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What each agent has searched for. */
@Component
class RecentSearches {
  private static final int KEPT = 20;

  private final JdbcClient jdbc;
  private final Clock clock;

  RecentSearches(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  List<String> of(long agentId) {
    return jdbc.sql(
            "select query from recent_search where agent_id = ? order by searched_at desc, query limit ?")
        .params(agentId, KEPT)
        .query(String.class)
        .list();
  }

  @Transactional
  void remember(long agentId, @Nullable String query) {
    String words = query == null ? "" : query.strip().replace('\u0000', ' ');
    if (words.isEmpty() || words.length() > SearchQuery.LONGEST) {
      throw Problem.invalid("q", "A search has 1 to " + SearchQuery.LONGEST + " characters.");
    }
    jdbc.sql(
            """
            insert into recent_search (agent_id, query, searched_at) values (?, ?, ?)
            on conflict (agent_id, query) do update set searched_at = excluded.searched_at
            """)
        .params(agentId, words, clock.instant().atOffset(ZoneOffset.UTC))
        .update();
    jdbc.sql(
            """
            delete from recent_search where agent_id = :agent and query not in (
              select query from recent_search where agent_id = :agent order by searched_at desc, query limit :kept)
            """)
        .param("agent", agentId)
        .param("kept", KEPT)
        .update();
  }

  void forget(long agentId, @Nullable String query) {
    jdbc.sql(
            "delete from recent_search where agent_id = :agent and query = coalesce(:query, query)")
        .param("agent", agentId)
        .param("query", query, java.sql.Types.VARCHAR)
        .update();
  }
}
