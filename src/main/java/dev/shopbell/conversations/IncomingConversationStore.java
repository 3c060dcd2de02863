package dev.shopbell.conversations;

import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Writes the conversations of a batch that came in, with its messages, in a few statements. */
@Component
class IncomingConversationStore {
  private final JdbcClient jdbc;
  private final IncomingMessageStore messages;

  IncomingConversationStore(JdbcClient jdbc, IncomingMessageStore messages) {
    this.jdbc = jdbc;
    this.messages = messages;
  }

  void write(Collection<Affected> threads) {
    insert(threads.stream().filter(thread -> !thread.existed).toList());
    update(
        threads.stream().filter(thread -> thread.existed && !thread.messages.isEmpty()).toList());
    messages.insert(threads.stream().flatMap(thread -> thread.messages.stream()).toList());
  }

  private void insert(List<Affected> threads) {
    if (threads.isEmpty()) {
      return;
    }
    jdbc.sql(
            """
            insert into conversation (id, brand_id, customer_id, subject, status, preview, last_message_at,
              last_direction, channel, message_count, waiting_since, demo, created_at, spam_reason, resolved_at,
              last_news_id, language) overriding system value
            select id, brand_id, customer_id, subject, status, preview, last_at::timestamptz, direction, channel,
              messages, waiting::timestamptz, demo, created_at::timestamptz, spam_reason, resolved_at::timestamptz,
              news, language
            from unnest(:ids::bigint[], :brands::bigint[], :customers::bigint[], :subjects::text[], :statuses::text[],
              :previews::text[], :lasts::text[], :channels::text[], :counts::int[], :waiting::text[], :demos::boolean[],
              :created::text[], :spamReasons::text[], :directions::text[], :resolved::text[],
              :news::bigint[], :languages::text[])
              as one (id, brand_id, customer_id, subject, status, preview, last_at, channel, messages, waiting, demo,
              created_at, spam_reason, direction, resolved_at, news, language)
            """)
        .param("ids", IntakeStore.column(threads, thread -> thread.id, Long[]::new))
        .param("languages", IntakeStore.column(threads, thread -> thread.language, String[]::new))
        .param("news", IntakeStore.column(threads, Affected::newsId, Long[]::new))
        .param("brands", IntakeStore.column(threads, thread -> thread.brandId, Long[]::new))
        .param("customers", IntakeStore.column(threads, thread -> thread.customerId, Long[]::new))
        .param("subjects", IntakeStore.column(threads, thread -> thread.subject, String[]::new))
        .param(
            "statuses", IntakeStore.column(threads, thread -> thread.status.name(), String[]::new))
        .param(
            "spamReasons", IntakeStore.column(threads, thread -> thread.spamReason, String[]::new))
        .param(
            "previews",
            IntakeStore.column(
                threads,
                thread -> thread.shown == null ? null : thread.shown.preview(),
                String[]::new))
        .param(
            "lasts",
            IntakeStore.column(
                threads, thread -> String.valueOf(thread.lastMessageAt), String[]::new))
        .param(
            "directions",
            IntakeStore.column(threads, IncomingConversationStore::direction, String[]::new))
        .param(
            "resolved",
            IntakeStore.column(threads, IncomingConversationStore::resolvedAt, String[]::new))
        .param(
            "channels",
            IntakeStore.column(
                threads, thread -> thread.messages.getLast().incoming().channel(), String[]::new))
        .param(
            "counts", IntakeStore.column(threads, thread -> thread.messages.size(), Integer[]::new))
        .param(
            "waiting",
            IntakeStore.column(threads, IncomingConversationStore::waitingSince, String[]::new))
        .param("demos", IntakeStore.column(threads, thread -> thread.demo, Boolean[]::new))
        .param(
            "created",
            IntakeStore.column(
                threads, thread -> IntakeStore.at(thread.messages.getFirst()), String[]::new))
        .update();
  }

  private void update(List<Affected> threads) {
    if (threads.isEmpty()) {
      return;
    }
    jdbc.sql(
            """
            update conversation set status = one.status, preview = coalesce(one.preview, conversation.preview),
              last_message_at = greatest(last_message_at, one.last_at::timestamptz),
              last_direction = coalesce(one.direction, last_direction),
              channel = one.channel, message_count = message_count + one.messages,
              waiting_since = coalesce(case when not one.settled then waiting_since end, one.waiting::timestamptz),
              snoozed_until = case when one.status = 'snoozed' then snoozed_until end,
              resolved_at = case when one.status = 'resolved' then coalesce(one.resolved::timestamptz, resolved_at) end,
              delivery_problem = delivery_problem or one.problem,
              last_news_id = greatest(last_news_id, one.news),
              language = case when language_chosen then conversation.language
                else coalesce(one.language, conversation.language) end
            from unnest(:ids::bigint[], :statuses::text[], :previews::text[], :lasts::text[], :channels::text[],
              :counts::int[], :waiting::text[], :problems::boolean[], :directions::text[], :settled::boolean[],
              :resolved::text[], :news::bigint[], :languages::text[])
              as one (id, status, preview, last_at, channel, messages, waiting, problem, direction, settled, resolved,
              news, language)
            where conversation.id = one.id
            """)
        .param("ids", IntakeStore.column(threads, thread -> thread.id, Long[]::new))
        .param("languages", IntakeStore.column(threads, thread -> thread.language, String[]::new))
        .param("news", IntakeStore.column(threads, Affected::newsId, Long[]::new))
        .param(
            "statuses", IntakeStore.column(threads, thread -> thread.status.name(), String[]::new))
        .param(
            "previews",
            IntakeStore.column(
                threads,
                thread -> thread.shown == null ? null : thread.shown.preview(),
                String[]::new))
        .param(
            "lasts",
            IntakeStore.column(
                threads, thread -> String.valueOf(thread.lastMessageAt), String[]::new))
        .param(
            "directions",
            IntakeStore.column(threads, IncomingConversationStore::direction, String[]::new))
        .param(
            "resolved",
            IntakeStore.column(threads, IncomingConversationStore::resolvedAt, String[]::new))
        .param(
            "channels",
            IntakeStore.column(
                threads, thread -> thread.messages.getLast().incoming().channel(), String[]::new))
        .param(
            "counts", IntakeStore.column(threads, thread -> thread.messages.size(), Integer[]::new))
        .param(
            "waiting",
            IntakeStore.column(threads, IncomingConversationStore::waitingSince, String[]::new))
        .param(
            "problems",
            IntakeStore.column(threads, thread -> thread.deliveryProblem, Boolean[]::new))
        .param("settled", IntakeStore.column(threads, thread -> thread.settled, Boolean[]::new))
        .update();
  }

  private static @Nullable String direction(Affected thread) {
    return thread.shown == null ? null : IntakeStore.directionOf(thread.shown).name();
  }

  /** Only where this batch has answered it. */
  private static @Nullable String resolvedAt(Affected thread) {
    return thread.settled && thread.status == Status.resolved
        ? String.valueOf(thread.resolvedAt)
        : null;
  }

  private static @Nullable String waitingSince(Affected thread) {
    return thread.wokenBy == null ? null : IntakeStore.at(thread.wokenBy);
  }
}
