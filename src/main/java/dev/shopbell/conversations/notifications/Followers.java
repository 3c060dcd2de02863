package dev.shopbell.conversations.notifications;

import dev.shopbell.conversations.ConversationFollowed;
import dev.shopbell.conversations.ConversationUnfollowed;
import dev.shopbell.conversations.Seen;
import dev.shopbell.platform.facts.Actor;
import dev.shopbell.platform.facts.Fact;
import dev.shopbell.platform.facts.Facts;
import dev.shopbell.platform.web.Problem;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Who hears of what happens in a conversation, besides whom it is assigned to. */
@Service
class Followers {
  private final JdbcClient jdbc;
  private final Facts facts;
  private final Clock clock;

  Followers(JdbcClient jdbc, Facts facts, Clock clock) {
    this.jdbc = jdbc;
    this.facts = facts;
    this.clock = clock;
  }

  record Follower(long id, String name, Instant since) {}

  /** Those who are still here, the first of them first. */
  List<Follower> of(long conversationId) {
    brand(conversationId);
    return jdbc.sql(
            """
            select agent.id, agent.name, follower.since from follower join agent on agent.id = follower.agent_id
            where follower.conversation_id = ? and follower.following and agent.active
            order by follower.since, agent.id
            """)
        .param(conversationId)
        .query((row, n) ->
            new Follower(row.getLong(1), row.getString(2), row.getTimestamp(3).toInstant()))
        .list();
  }

  @Transactional
  void set(long conversationId, long agentId, boolean following) {
    long brand = brand(conversationId);
    boolean changed =
        jdbc.sql(
                    """
                    insert into follower (conversation_id, agent_id, following, since) values (?, ?, ?, ?)
                    on conflict (conversation_id, agent_id) do update
                      set following = excluded.following, since = excluded.since
                      where follower.following <> excluded.following
                    """)
                .param(conversationId)
                .param(agentId)
                .param(following)
                .param(clock.instant().atOffset(ZoneOffset.UTC))
                .update()
            == 1;
    if (changed) {
      facts.append(
          Actor.agent(agentId),
          following
              ? new ConversationFollowed(brand, conversationId, agentId)
              : new ConversationUnfollowed(brand, conversationId, agentId));
    }
  }

  /** A conversation that an agent has a reason to follow. */
  record Reason(long conversationId, long agentId) {}

  /** Makes them follow, but for those who follow already or have stopped. */
  void add(List<Reason> reasons) {
    if (reasons.isEmpty()) {
      return;
    }
    List<Fact> added =
        jdbc.sql(
                """
                with made as (
                  insert into follower (conversation_id, agent_id, following, since)
                  select distinct conversation.id, agent.id, true, :now::timestamptz
                  from unnest(:conversations::bigint[], :agents::bigint[]) as reason (conversation_id, agent_id)
                  join conversation on conversation.id = reason.conversation_id
                  join agent on agent.id = reason.agent_id and agent.active and %s
                  on conflict do nothing returning conversation_id, agent_id)
                select conversation.brand_id, made.conversation_id, made.agent_id
                from made join conversation on conversation.id = made.conversation_id
                """
                    .formatted(Seen.BY_AGENT))
            .param("now", clock.instant().atOffset(ZoneOffset.UTC))
            .param(
                "conversations", reasons.stream().map(Reason::conversationId).toArray(Long[]::new))
            .param("agents", reasons.stream().map(Reason::agentId).toArray(Long[]::new))
            .query((row, n) ->
                (Fact) new ConversationFollowed(row.getLong(1), row.getLong(2), row.getLong(3)))
            .list();
    if (!added.isEmpty()) {
      facts.append(Actor.SYSTEM, added);
    }
  }

  private long brand(long conversationId) {
    return jdbc.sql("select brand_id from conversation where id = ?")
        .param(conversationId)
        .query(Long.class)
        .optional()
        .orElseThrow(() -> Problem.notFound("There is no conversation " + conversationId + "."));
  }
}
