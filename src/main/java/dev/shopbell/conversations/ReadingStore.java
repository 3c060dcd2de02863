package dev.shopbell.conversations;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How far each agent has read in each conversation. */
@Component
class ReadingStore {
  /** More faces than this say nothing more. */
  static final int MOST_READERS = 50;

  private final JdbcClient jdbc;

  ReadingStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Moves an agent's mark forward, never back.
   *
   * @return whether it moved
   */
  boolean saw(long conversationId, long agentId, long messageId, Instant at) {
    return jdbc.sql(
                """
                insert into conversation_reading (conversation_id, agent_id, message_id, seen_at)
                values (:conversation, :agent, :message, :at)
                on conflict (conversation_id, agent_id) do update
                  set message_id = excluded.message_id, seen_at = excluded.seen_at
                  where conversation_reading.message_id < excluded.message_id
                """)
            .param("conversation", conversationId)
            .param("agent", agentId)
            .param("message", messageId)
            .param("at", at.atOffset(ZoneOffset.UTC))
            .update()
        == 1;
  }

  /** Sets an agent's mark back, to before what is news. Returns where it stands then. */
  long unsee(long conversationId, long agentId, Instant at) {
    return jdbc.sql(
            """
            insert into conversation_reading (conversation_id, agent_id, message_id, seen_at)
            select conversation.id, :agent, coalesce(
              (select max(message.id) from message
               where message.conversation_id = conversation.id and message.id < conversation.last_news_id), 0), :at
            from conversation where conversation.id = :conversation
            on conflict (conversation_id, agent_id) do update
              set message_id = least(conversation_reading.message_id, excluded.message_id)
            returning message_id
            """)
        .param("conversation", conversationId)
        .param("agent", agentId)
        .param("at", at.atOffset(ZoneOffset.UTC))
        .query(Long.class)
        .single();
  }

  /** Makes a message news, unless a newer one is. */
  void isNews(long conversationId, long messageId) {
    jdbc.sql("update conversation set last_news_id = greatest(last_news_id, ?) where id = ?")
        .param(messageId)
        .param(conversationId)
        .update();
  }

  /** Finds out what is news where that is not known: in what was there before it was kept. */
  void findNews(long conversationId) {
    jdbc.sql(
            """
            update conversation set last_news_id = coalesce(
              (select max(id) from message where conversation_id = :id and direction <> 'outbound'),
              (select max(id) from message where conversation_id = :id), 0)
            where id = :id and last_news_id = 0
            """)
        .param("id", conversationId)
        .update();
  }

  /**
   * Messages go from one conversation to another: whoever has read both has read them there too.
   * Called before they go.
   */
  void carry(long from, long to) {
    jdbc.sql(
            """
            update conversation_reading as there set message_id = greatest(there.message_id, here.message_id)
            from conversation_reading as here, conversation as source, conversation as target
            where here.conversation_id = :from and there.conversation_id = :to and here.agent_id = there.agent_id
              and source.id = :from and target.id = :to
              and here.message_id >= source.last_news_id and there.message_id >= target.last_news_id
            """)
        .param("from", from)
        .param("to", to)
        .update();
  }

  /** Messages go to a new conversation: whoever has read them has read them there. */
  void begin(long from, long to) {
    jdbc.sql(
            """
            insert into conversation_reading (conversation_id, agent_id, message_id, seen_at)
            select :to, agent_id, message_id, seen_at from conversation_reading where conversation_id = :from
            on conflict do nothing
            """)
        .param("from", from)
        .param("to", to)
        .update();
  }

  /** Who has read, the latest first; at most {@value #MOST_READERS}, the one agent among them. */
  List<ConversationDetail.Reader> readers(long conversationId, long agentId) {
    return jdbc.sql(
            """
            select agent_id, message_id, seen_at from conversation_reading where conversation_id = :conversation
            order by agent_id = :agent desc, seen_at desc limit :most
            """)
        .param("conversation", conversationId)
        .param("agent", agentId)
        .param("most", MOST_READERS)
        .query((row, n) ->
            new ConversationDetail.Reader(
                row.getLong(1), row.getLong(2), row.getTimestamp(3).toInstant()))
        .list();
  }
}
