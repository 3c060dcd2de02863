package dev.shopbell.conversations;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What an agent has begun to write, one per conversation, the same on all their devices. */
@Component
class Drafts {
  private final JdbcClient jdbc;
  private final Clock clock;

  Drafts(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** Plain text as the editor would have written it. */
  static String ofText(String text) {
    String escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    return "<p>" + escaped.replace("\n\n", "</p><p>").replace("\n", "<br>") + "</p>";
  }

  Optional<ConversationDetail.Draft> find(long conversationId, long agentId) {
    return jdbc.sql("select html, updated_at from draft where conversation_id = ? and agent_id = ?")
        .param(conversationId)
        .param(agentId)
        .query((row, n) ->
            new ConversationDetail.Draft(row.getString(1), row.getTimestamp(2).toInstant()))
        .optional();
  }

  void keep(long conversationId, long agentId, String html) {
    jdbc.sql(
            """
            insert into draft (conversation_id, agent_id, html, updated_at) values (:conversation, :agent, :html, :now)
            on conflict (conversation_id, agent_id) do update set html = excluded.html, updated_at = excluded.updated_at
            """)
        .param("conversation", conversationId)
        .param("agent", agentId)
        .param("html", html)
        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
        .update();
  }

  void discard(long conversationId, long agentId) {
    jdbc.sql("delete from draft where conversation_id = ? and agent_id = ?")
        .param(conversationId)
        .param(agentId)
        .update();
  }
}
