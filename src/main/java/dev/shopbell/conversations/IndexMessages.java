package dev.shopbell.conversations;

import dev.shopbell.platform.facts.FactConsumer;
import dev.shopbell.platform.facts.StoredFact;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Fills the search just behind the log, so that intake does not wait for the index. */
@Component
class IndexMessages implements FactConsumer {
  private static final Logger log = LoggerFactory.getLogger(IndexMessages.class);

  /** A tsvector holds 1 MB at most; what a person searches stands at the beginning. */
  private static final int LONGEST = 200_000;

  /** So many wait at most to be sorted into the index; a search goes through them one by one. */
  private static final int UNSORTED = 250;

  private final JdbcClient jdbc;
  private final JsonMapper json;
  private final AtomicInteger unsorted = new AtomicInteger();
  private final Semaphore sorting = new Semaphore(1);

  IndexMessages(JdbcClient jdbc, JsonMapper json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  private record Document(long messageId, long conversationId, String words) {}

  @Override
  public void read(List<StoredFact> batch) {
    follow(batch);
    List<Long> ids =
        batch.stream()
            .filter(fact ->
                fact.is(MessageReceived.class)
                    || fact.is(ReplyQueued.class)
                    || fact.is(ReplyImported.class)
                    || fact.is(NoteAdded.class))
            .map(StoredFact::messageId)
            .filter(Objects::nonNull)
            .distinct()
            .toList();
    if (ids.isEmpty()) {
      return;
    }
    List<Document> documents =
        jdbc.sql(
                """
                select message.id, message.conversation_id, message.subject, message.from_name, message.from_address,
                  message.recipients, left(message.text, :longest) as text,
                  (select string_agg(name, ' ') from attachment where message_id = message.id) as files
                from message where message.id = any(:ids)
                """)
            .param("longest", LONGEST)
            .param("ids", ids.toArray(Long[]::new))
            .query((row, n) ->
                new Document(
                    row.getLong("id"),
                    row.getLong("conversation_id"),
                    words(
                        row.getString("subject"),
                        row.getString("from_name"),
                        address(row.getString("from_address")),
                        recipients(row.getString("recipients")),
                        row.getString("files"),
                        row.getString("text"))))
            .list();
    // Sorted, so that all is worked out before the first row is written: from then on
    // readers of the log wait for this transaction.
    jdbc.sql(
            """
            with one as materialized (
              select message_id, conversation_id, to_tsvector('simple', words) as document
              from unnest(:ids::bigint[], :conversations::bigint[], :words::text[])
                as one (message_id, conversation_id, words)
            )
            insert into message_search (message_id, conversation_id, document)
            select message_id, conversation_id, document from one order by message_id
            on conflict (message_id) do update set document = excluded.document
            """)
        .param("ids", documents.stream().map(Document::messageId).toArray(Long[]::new))
        .param(
            "conversations", documents.stream().map(Document::conversationId).toArray(Long[]::new))
        .param("words", documents.stream().map(Document::words).toArray(String[]::new))
        .update();
    if (unsorted.addAndGet(documents.size()) >= UNSORTED) {
      unsorted.set(0);
      TransactionSynchronizationManager.registerSynchronization(
          new TransactionSynchronization() {
            @Override
            public void afterCommit() {
              Thread.ofVirtual().name("search words").start(IndexMessages.this::sort);
            }
          });
    }
  }

  /**
   * Sorts what came lately into the index. PostgreSQL would do that by itself within whichever
   * insert makes it too much; by then all readers of the log would wait for that transaction, a
   * tenth of a second each time.
   */
  private void sort() {
    if (!sorting.tryAcquire()) {
      return;
    }
    try {
      jdbc.sql("select gin_clean_pending_list('message_search_document')")
          .query(Long.class)
          .single();
    } catch (RuntimeException e) {
      log.debug("New words could not be sorted in: {}", e.toString());
    } finally {
      sorting.release();
    }
  }

  private static String words(@Nullable String... parts) {
    StringBuilder words = new StringBuilder();
    for (String part : parts) {
      if (part != null) {
        words.append(part).append('\n');
      }
    }
    return SearchWords.fold(words.toString());
  }

  /** Words go with the messages that were moved. */
  private void follow(List<StoredFact> batch) {
    Set<Long> moves = new HashSet<>();
    for (StoredFact fact : batch) {
      if (fact.data().path("moveId").isNumber()) {
        moves.add(fact.data().path("moveId").asLong());
      }
    }
    if (!moves.isEmpty()) {
      jdbc.sql(
              """
              update message_search set conversation_id = message.conversation_id
              from message where message.id = message_search.message_id
                and message.id in (select message_id from message_move where move_id = any(:moves))
                and message_search.conversation_id <> message.conversation_id
              """)
          .param("moves", moves.toArray(Long[]::new))
          .update();
    }
  }

  /** Whole, and in pieces: the parser takes an address for one word. */
  private static String address(@Nullable String address) {
    return address == null ? "" : address + " " + address.replaceAll("[@.+_-]", " ");
  }

  private String recipients(String recipients) {
    StringBuilder words = new StringBuilder();
    for (JsonNode recipient : json.readTree(recipients)) {
      words.append(recipient.path("name").asString("")).append(' ');
      words.append(address(recipient.path("address").asString(""))).append(' ');
    }
    return words.toString();
  }
}
