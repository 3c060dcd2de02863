package dev.shopbell.channels.email;

import dev.shopbell.conversations.Conversations;
import dev.shopbell.conversations.Seen;
import dev.shopbell.platform.web.Cursor;
import dev.shopbell.platform.web.Page;
import dev.shopbell.platform.web.Problem;
import dev.shopbell.platform.web.Sight;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Mails whose own text was found wrongly, as agents say: kept to make {@link OwnText} better. */
@Service
class SplitCases {
  private static final int LONGEST = 1_000_000;

  private final JdbcClient jdbc;
  private final Conversations conversations;
  private final Clock clock;

  SplitCases(JdbcClient jdbc, Conversations conversations, Clock clock) {
    this.jdbc = jdbc;
    this.conversations = conversations;
    this.clock = clock;
  }

  /**
   * @param ownText what the sender wrote themselves; empty where all of it is, null where the agent
   *     only said that it was wrong
   */
  record SplitCase(
      long id,
      long messageId,
      long conversationId,
      long agentId,
      @Nullable String ownText,
      Instant createdAt) {}

  Page<SplitCase> list(Sight sight, @Nullable Cursor after, int limit) {
    Seen seen = Seen.by(sight);
    List<SplitCase> rows =
        jdbc.sql(
                """
                select split_case.id, message_id, message.conversation_id, split_case.agent_id, split_case.own_text,
                  split_case.created_at
                from split_case join message on message.id = message_id
                join conversation on conversation.id = message.conversation_id
                where (cast(:after as bigint) is null or split_case.id < :after) %s
                order by split_case.id desc limit :limit
                """
                    .formatted(seen.and()))
            .params(seen.parameters())
            .param("after", after == null ? null : after.number(0))
            .param("limit", limit + 1)
            .query(SplitCase.class)
            .list();
    return Page.of(rows, limit, row -> Cursor.of(row.id()));
  }

  Optional<Long> conversationOf(long id) {
    return jdbc.sql(
            """
            select message.conversation_id from split_case join message on message.id = message_id
            where split_case.id = ?
            """)
        .param(id)
        .query(Long.class)
        .optional();
  }

  /** Keeps the case, in place of an earlier one of the agent, and shows the message accordingly. */
  @Transactional
  public void keep(long agentId, long messageId, @Nullable String ownText) {
    if (ownText != null && (ownText.length() > LONGEST || ownText.indexOf('\0') >= 0)) {
      throw Problem.invalid("ownText", "The text is too long, or holds what cannot be stored.");
    }
    if (ownText != null) {
      conversations.correctOwnText(agentId, messageId, ownText);
    } else if (!isFromACustomer(messageId)) {
      throw Problem.notFound("No customer sent a message " + messageId + ".");
    }
    jdbc.sql(
            """
            insert into split_case (message_id, agent_id, own_text, created_at)
            values (:message, :agent, :own, :now)
            on conflict (message_id, agent_id)
            do update set own_text = excluded.own_text, created_at = excluded.created_at
            """)
        .param("message", messageId)
        .param("agent", agentId)
        .param("own", ownText)
        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
        .update();
  }

  @Transactional
  public void remove(long id) {
    if (jdbc.sql("delete from split_case where id = ?").param(id).update() == 0) {
      throw Problem.notFound("There is no case " + id + ".");
    }
  }

  private boolean isFromACustomer(long messageId) {
    return jdbc.sql("select 1 from message where id = ? and direction = 'inbound'")
        .param(messageId)
        .query(Integer.class)
        .optional()
        .isPresent();
  }
}
