package dev.shopbell.conversations;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

  List<Affected> lockThreads(Collection<Long> ids) {
    if (ids.isEmpty()) {
      return List.of();
    }
    return jdbc.sql(
            """
            select id, brand_id, customer_id, status, coalesce(resolved_at, last_message_at) as resolved_at,
              last_message_at
            from conversation where id = any(:ids) and merged_into is null order by id for no key update
            """)
        .param("ids", ids.toArray(Long[]::new))
        .query((row, n) ->
            new Affected(
                row.getLong("id"),
                row.getLong("brand_id"),
                row.getLong("customer_id"),
                true,
                Status.valueOf(row.getString("status")),
                Optional.ofNullable(row.getTimestamp("resolved_at"))
                    .map(Timestamp::toInstant)
                    .orElse(null),
                row.getTimestamp("last_message_at").toInstant()))
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

  /**
   * By the messages that we sent in this conversation, and by what was merged into it; it is not
   * asked of its customer.
   */
  Standing standing(long conversationId, String address, long customerId) {
    return jdbc.sql(
            """
            select coalesce(bool_or(message.purpose = 'forward'), false), count(*) > 0
              or exists (select from conversation where merged_into = :conversation and customer_id = :customer)
            from message, jsonb_to_recordset(message.recipients) as recipient (address text)
            where message.conversation_id = :conversation and message.direction = 'outbound'
              and coalesce(message.purpose, 'reply') <> 'redirect'
              and coalesce(message.delivery_state, 'sent') not in ('scheduled', 'held')
              and lower(recipient.address) = :address
            """)
        .param("conversation", conversationId)
        .param("address", address.toLowerCase(Locale.ROOT))
        .param("customer", customerId)
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

  /**
   * The conversations in which we last wrote to these addresses, since then. Machines often do not
   * say what they answer.
   */
  Map<ExternalId, Long> writtenTo(Collection<ExternalId> addresses, Instant since) {
    Map<ExternalId, Long> conversations = new HashMap<>();
    if (addresses.isEmpty()) {
      return conversations;
    }
    jdbc.sql(
            """
            select one.brand_id, one.address, newest.conversation_id
            from unnest(:brands::bigint[], :addresses::text[]) as one (brand_id, address)
            join identity on identity.brand_id = one.brand_id and identity.kind = 'email' and identity.value = one.address
            cross join lateral (
              select message.conversation_id from conversation
              join message on message.conversation_id = conversation.id
              where conversation.customer_id = identity.customer_id and conversation.last_message_at > :since::timestamptz
                and message.direction = 'outbound' and message.created_at > :since::timestamptz
              order by message.created_at desc, message.id desc limit 1) as newest
            """)
        .param("brands", column(addresses, ExternalId::brandId, Long[]::new))
        .param("addresses", column(addresses, ExternalId::id, String[]::new))
        .param("since", since.toString())
        .query(row -> {
          conversations.put(new ExternalId(row.getLong(1), row.getString(2)), row.getLong(3));
        });
    return conversations;
  }

  /** Customers whom an agent has answered before, outside of spam. */
  Set<Long> answered(Collection<Long> customerIds) {
    return customerIds.isEmpty()
        ? Set.of()
        : new HashSet<>(
            jdbc.sql(
                    """
                    select id from unnest(:ids::bigint[]) as customer (id)
                    where exists (
                      select from conversation join message on message.conversation_id = conversation.id
                      where conversation.customer_id = customer.id and conversation.status <> 'spam'
                        and message.direction = 'outbound')
                    """)
                .param("ids", customerIds.toArray(Long[]::new))
                .query(Long.class)
                .list());
  }

  static Direction directionOf(NewMessage message) {
    return message.incoming().arrival() == Arrival.earlier_answer
        ? Direction.outbound
        : Direction.inbound;
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
