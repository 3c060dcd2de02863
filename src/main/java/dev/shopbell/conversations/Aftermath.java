package dev.shopbell.conversations;

import dev.shopbell.customers.Addresses;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What mail systems and mail programs tell of our messages after they have left: written on the
 * message, and where an address is gone or works again, on the customer.
 */
@Component
class Aftermath {
  private final JdbcClient jdbc;
  private final Addresses addresses;

  Aftermath(JdbcClient jdbc, Addresses addresses) {
    this.jdbc = jdbc;
    this.addresses = addresses;
  }

  /** What a report says of a message of ours. */
  record News(long brandId, long messageId, Incoming.Report report, Instant at) {}

  void write(List<News> all) {
    for (News news : all) {
      boolean failed = news.report().outcome() == Incoming.Outcome.failed;
      jdbc.sql(
              """
              update message set delivery_state = case when :failed then 'failed' else delivery_state end,
                delivery_detail = :words, delivery_updated_at = :at,
                next_attempt_at = case when :failed then null else next_attempt_at end
              where id = :id and direction = 'outbound'
                and (delivery_state = 'sent' or (:failed and delivery_state in ('sending', 'failed')))
              """)
          .param("failed", failed)
          .param("words", news.report().words())
          .param("at", news.at().atOffset(ZoneOffset.UTC))
          .param("id", news.messageId())
          .update();
      switch (news.report().outcome()) {
        case failed -> {
          for (String address : gone(news)) {
            addresses.bounces(news.brandId(), address, news.report().words(), news.at());
          }
        }
        case delivered, read -> {
          List<String> recipients = recipients(news.messageId());
          if (recipients.size() == 1) {
            addresses.works(news.brandId(), recipients.getFirst());
          }
        }
        case delayed, held, other -> {
          // Says nothing about the address.
        }
      }
    }
  }

  /**
   * Only addresses that we wrote to. A report may name the one that such an address passes mail on
   * to: where there was one recipient, it is theirs that does not work.
   */
  private List<String> gone(News news) {
    if (news.report().gone().isEmpty()) {
      return List.of();
    }
    List<String> recipients = recipients(news.messageId());
    return recipients.size() == 1
        ? recipients
        : recipients.stream()
            .filter(address -> news.report().gone().stream().anyMatch(address::equalsIgnoreCase))
            .toList();
  }

  private List<String> recipients(long messageId) {
    return jdbc.sql(
            """
            select lower(recipient.address)
            from message, jsonb_to_recordset(message.recipients) as recipient (address text)
            where message.id = ? and recipient.address is not null
            """)
        .param(messageId)
        .query(String.class)
        .list();
  }

  /** Our newest message in a conversation. */
  @Nullable Long newestOwn(long conversationId) {
    return jdbc.sql(
            """
            select id from message where conversation_id = ? and direction = 'outbound'
              and delivery_state in ('sent', 'failed')
            order by created_at desc, id desc limit 1
            """)
        .param(conversationId)
        .query(Long.class)
        .optional()
        .orElse(null);
  }
}
