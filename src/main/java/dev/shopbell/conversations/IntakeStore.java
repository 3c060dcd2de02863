package dev.shopbell.conversations;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The statements of {@link Intake}, each for a whole batch. */
@Component
class IntakeStore {
  private final JdbcClient jdbc;

  IntakeStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  record ExternalId(long brandId, String id) {}

  /** A message that bears one of the ids in question. */
  record Known(
      long messageId,
      long conversationId,
      Direction direction,
      @Nullable String contentHash,
      @Nullable String fromAddress) {
    boolean sentFrom(@Nullable String address) {
      return address != null && address.equalsIgnoreCase(fromAddress);
    }
  }

  /**
   * @param awaited the conversation that holds an answer to a message which has not come yet
   */
  record Named(Map<ExternalId, List<Known>> known, Map<ExternalId, Long> awaited) {}

  /** Ids for a new conversation and a new message. */
  record NextIds(long conversationId, long messageId) {}

  record NewMessage(
      long id, long conversationId, Incoming incoming, Intake.Marks marks, String preview) {}

  record Link(long fromId, long toId, String relation) {}

  record Awaited(long brandId, String externalId, long conversationId) {}

  record BouncedReply(long messageId, String words) {}

  /**
   * Whoever takes a message with one of these ids, here or on another node, comes after this
   * transaction.
   */
  void lock(Collection<ExternalId> ids) {
    if (ids.isEmpty()) {
      return;
    }
    jdbc.sql(
            """
            select pg_advisory_xact_lock(key) from (
              select distinct hashtextextended(id, brand_id) as key
              from unnest(:brands::bigint[], :ids::text[]) as one (brand_id, id) order by key) as keys
            """)
        .param("brands", column(ids, ExternalId::brandId, Long[]::new))
        .param("ids", column(ids, ExternalId::id, String[]::new))
        .query(row -> {});
  }

  /** The messages that bear one of these ids, the newest first, and who waits for one of them. */
  Named named(Collection<ExternalId> ids) {
    Named named = new Named(new HashMap<>(), new HashMap<>());
    if (ids.isEmpty()) {
      return named;
    }
    jdbc.sql(
            """
            with one as (
              select * from unnest(:brands::bigint[], :ids::text[]) as one (brand_id, external_id)
            )
            select message.brand_id, message.external_id, message.id, message.conversation_id, message.direction,
              message.content_hash, message.from_address
            from one join message using (external_id, brand_id)
            union all
            select brand_id, external_id, null, min(conversation_id), null, null, null
            from one join awaited_message using (brand_id, external_id)
            group by brand_id, external_id
            order by 3 desc
            """)
        .param("brands", column(ids, ExternalId::brandId, Long[]::new))
        .param("ids", column(ids, ExternalId::id, String[]::new))
        .query(row -> {
          ExternalId id = new ExternalId(row.getLong(1), row.getString(2));
          String direction = row.getString(5);
          if (direction == null) {
            named.awaited().put(id, row.getLong(4));
          } else {
            named
                .known()
                .computeIfAbsent(id, any -> new ArrayList<>())
                .add(
                    new Known(
                        row.getLong(3),
                        row.getLong(4),
                        Direction.valueOf(direction),
                        row.getString(6),
                        row.getString(7)));
          }
        });
    return named;
  }

  List<Intake.Affected> lockThreads(Collection<Long> ids) {
    if (ids.isEmpty()) {
      return List.of();
    }
    return jdbc.sql(
            """
            select id, brand_id, customer_id, status, coalesce(resolved_at, last_message_at) as resolved_at
            from conversation where id = any(:ids) order by id for no key update
            """)
        .param("ids", ids.toArray(Long[]::new))
        .query((row, n) ->
            new Intake.Affected(
                row.getLong("id"),
                row.getLong("brand_id"),
                row.getLong("customer_id"),
                true,
                Status.valueOf(row.getString("status")),
                Optional.ofNullable(row.getTimestamp("resolved_at"))
                    .map(Timestamp::toInstant)
                    .orElse(null)))
        .list();
  }

  /** What somebody is in a conversation. */
  enum Standing {
    stranger,
    /** We wrote to them. */
    party,
    /** We forwarded to them. */
    third_party
  }

  /** By the messages that we sent in this conversation; it is not asked of its customer. */
  Standing standing(long conversationId, String address) {
    return jdbc.sql(
            """
            select coalesce(bool_or(message.purpose = 'forward'), false), count(*) > 0
            from message, jsonb_to_recordset(message.recipients) as recipient (address text)
            where message.conversation_id = :conversation and message.direction = 'outbound'
              and coalesce(message.purpose, 'reply') <> 'redirect'
              and coalesce(message.delivery_state, 'sent') not in ('scheduled', 'held')
              and lower(recipient.address) = :address
            """)
        .param("conversation", conversationId)
        .param("address", address.toLowerCase(Locale.ROOT))
        .query((row, n) ->
            row.getBoolean(1)
                ? Standing.third_party
                : row.getBoolean(2) ? Standing.party : Standing.stranger)
        .single();
  }

  record Halted(long messageId, long conversationId, long brandId) {}

  /** Scheduled messages of these conversations wait from now on for an agent's word. */
  List<Halted> halt(List<Long> conversationIds, Instant now) {
    return jdbc.sql(
            """
            update message set delivery_state = 'held', delivery_updated_at = :now::timestamptz
            where conversation_id = any(:ids) and delivery_state = 'scheduled'
            returning id, conversation_id, brand_id
            """)
        .param("ids", conversationIds.toArray(Long[]::new))
        .param("now", now.toString())
        .query((row, n) -> new Halted(row.getLong(1), row.getLong(2), row.getLong(3)))
        .list();
  }

  List<NextIds> nextIds(int count) {
    return jdbc.sql(
            """
            select nextval('conversation_id_seq') as conversation_id, nextval('message_id_seq') as message_id
            from generate_series(1, ?)
            """)
        .param(count)
        .query(NextIds.class)
        .list();
  }

  void insertConversations(List<Intake.Affected> threads) {
    if (threads.isEmpty()) {
      return;
    }
    jdbc.sql(
            """
            insert into conversation (id, brand_id, customer_id, subject, status, preview, last_message_at,
              last_direction, channel, message_count, waiting_since, demo, created_at, spam_reason) overriding system value
            select id, brand_id, customer_id, subject, status, preview, last_at::timestamptz, 'inbound', channel,
              messages, waiting::timestamptz, demo, created_at::timestamptz, spam_reason
            from unnest(:ids::bigint[], :brands::bigint[], :customers::bigint[], :subjects::text[], :statuses::text[],
              :previews::text[], :lasts::text[], :channels::text[], :counts::int[], :waiting::text[], :demos::boolean[],
              :created::text[], :spamReasons::text[])
              as one (id, brand_id, customer_id, subject, status, preview, last_at, channel, messages, waiting, demo,
              created_at, spam_reason)
            """)
        .param("ids", column(threads, thread -> thread.id, Long[]::new))
        .param("brands", column(threads, thread -> thread.brandId, Long[]::new))
        .param("customers", column(threads, thread -> thread.customerId, Long[]::new))
        .param("subjects", column(threads, thread -> thread.subject, String[]::new))
        .param("statuses", column(threads, thread -> thread.status.name(), String[]::new))
        .param("spamReasons", column(threads, thread -> thread.spamReason, String[]::new))
        .param(
            "previews",
            column(threads, thread -> thread.messages.getLast().preview(), String[]::new))
        .param("lasts", column(threads, thread -> at(thread.messages.getLast()), String[]::new))
        .param(
            "channels",
            column(
                threads, thread -> thread.messages.getLast().incoming().channel(), String[]::new))
        .param("counts", column(threads, thread -> thread.messages.size(), Integer[]::new))
        .param(
            "waiting",
            column(
                threads,
                thread -> thread.woken ? at(thread.messages.getFirst()) : null,
                String[]::new))
        .param("demos", column(threads, thread -> thread.demo, Boolean[]::new))
        .param("created", column(threads, thread -> at(thread.messages.getFirst()), String[]::new))
        .update();
  }

  void updateConversations(List<Intake.Affected> threads) {
    if (threads.isEmpty()) {
      return;
    }
    jdbc.sql(
            """
            update conversation set status = one.status, preview = one.preview,
              last_message_at = greatest(last_message_at, one.last_at::timestamptz), last_direction = 'inbound',
              channel = one.channel, message_count = message_count + one.messages,
              waiting_since = coalesce(waiting_since, one.waiting::timestamptz),
              snoozed_until = case when one.status = 'snoozed' then snoozed_until end,
              resolved_at = case when one.status = 'resolved' then resolved_at end,
              delivery_problem = delivery_problem or one.problem
            from unnest(:ids::bigint[], :statuses::text[], :previews::text[], :lasts::text[], :channels::text[],
              :counts::int[], :waiting::text[], :problems::boolean[])
              as one (id, status, preview, last_at, channel, messages, waiting, problem)
            where conversation.id = one.id
            """)
        .param("ids", column(threads, thread -> thread.id, Long[]::new))
        .param("statuses", column(threads, thread -> thread.status.name(), String[]::new))
        .param(
            "previews",
            column(threads, thread -> thread.messages.getLast().preview(), String[]::new))
        .param("lasts", column(threads, thread -> at(thread.messages.getLast()), String[]::new))
        .param(
            "channels",
            column(
                threads, thread -> thread.messages.getLast().incoming().channel(), String[]::new))
        .param("counts", column(threads, thread -> thread.messages.size(), Integer[]::new))
        .param(
            "waiting",
            column(
                threads,
                thread -> thread.woken ? at(thread.messages.getFirst()) : null,
                String[]::new))
        .param("problems", column(threads, thread -> thread.deliveryProblem, Boolean[]::new))
        .update();
  }

  void insertLinks(List<Link> links) {
    for (Link link : links) {
      jdbc.sql(
              "insert into conversation_link (from_id, to_id, relation) values (?, ?, ?) on conflict do nothing")
          .param(link.fromId())
          .param(link.toId())
          .param(link.relation())
          .update();
    }
  }

  void insertAwaited(List<Awaited> awaited) {
    if (awaited.isEmpty()) {
      return;
    }
    jdbc.sql(
            """
            insert into awaited_message (brand_id, external_id, conversation_id)
            select * from unnest(:brands::bigint[], :ids::text[], :conversations::bigint[]) on conflict do nothing
            """)
        .param("brands", column(awaited, Awaited::brandId, Long[]::new))
        .param("ids", column(awaited, Awaited::externalId, String[]::new))
        .param("conversations", column(awaited, Awaited::conversationId, Long[]::new))
        .update();
  }

  void markBounced(List<BouncedReply> bounced) {
    for (BouncedReply reply : bounced) {
      jdbc.sql(
              """
              update message set delivery_state = 'failed', delivery_detail = :words, next_attempt_at = null
              where id = :id and direction = 'outbound'
              """)
          .param("words", reply.words())
          .param("id", reply.messageId())
          .update();
    }
  }

  static String at(NewMessage message) {
    Instant at = message.incoming().receivedAt();
    return at.toString();
  }

  static <T, C> @Nullable C[] column(
      Collection<T> rows,
      Function<T, @Nullable C> value,
      java.util.function.IntFunction<@Nullable C[]> array) {
    return rows.stream().map(value).toArray(array);
  }
}
