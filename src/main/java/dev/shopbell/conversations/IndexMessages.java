package dev.shopbell.conversations;

import dev.shopbell.customers.CustomerChanged;
import dev.shopbell.platform.facts.Fact;
import dev.shopbell.platform.facts.FactConsumer;
import dev.shopbell.platform.facts.StoredFact;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
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

  /** Of so many conversations of a customer the name is learned anew; who has more is a program. */
  private static final int MOST_RENAMED = 200;

  /** Their words, by where they stand. */
  private record Document(
      long messageId,
      long conversationId,
      String from,
      String to,
      String subject,
      String rest,
      @Nullable String files) {}

  @Override
  public Duration gathering() {
    return Duration.ofMillis(50);
  }

  @Override
  public void read(List<StoredFact> batch) {
    follow(batch);
    List<Long> ids =
        Stream.concat(
                batch.stream()
                    .filter(fact ->
                        fact.is(MessageReceived.class)
                            || fact.is(ReplyQueued.class)
                            || fact.is(ReplyImported.class)
                            || fact.is(MessageErased.class)
                            || fact.is(NoteAdded.class))
                    .map(StoredFact::messageId)
                    .filter(Objects::nonNull),
                renamed(batch).stream())
            .distinct()
            .toList();
    if (ids.isEmpty()) {
      return;
    }
    // What the conversation and its customer are called now stands with its first message.
    List<Document> documents =
        jdbc.sql(
                """
                select message.id, message.conversation_id, message.subject, message.from_name, message.from_address,
                  message.recipients, left(message.text, :longest) as text,
                  (select string_agg(name, ' ') from attachment where message_id = message.id) as files,
                  case when first then conversation.subject end as conversation_subject,
                  case when first then customer.name end as customer_name,
                  case when first then customer.address end as customer_address
                from message
                join conversation on conversation.id = message.conversation_id
                join customer on customer.id = conversation.customer_id
                cross join lateral (select not exists (select from message as earlier
                  where earlier.conversation_id = message.conversation_id and earlier.id < message.id) as first) as place
                where message.id = any(:ids)
                """)
            .param("longest", LONGEST)
            .param("ids", ids.toArray(Long[]::new))
            .query((row, n) ->
                new Document(
                    row.getLong("id"),
                    row.getLong("conversation_id"),
                    words(row.getString("from_name"), address(row.getString("from_address"))),
                    words(recipients(row.getString("recipients"))),
                    words(row.getString("subject"), row.getString("conversation_subject")),
                    words(
                        files(row.getString("files")),
                        row.getString("customer_name"),
                        address(row.getString("customer_address")),
                        row.getString("text")),
                    row.getString("files") == null ? null : words(files(row.getString("files")))))
            .list();
    // Sorted, so that all is worked out before the first row is written: from then on
    // readers of the log wait for this transaction.
    jdbc.sql(
            """
            with one as materialized (
              select message_id, conversation_id,
                setweight(to_tsvector('simple', sender), 'A') || setweight(to_tsvector('simple', recipients), 'B')
                  || setweight(to_tsvector('simple', subject), 'C') || to_tsvector('simple', rest) as document,
                to_tsvector('simple', files) as files
              from unnest(:ids::bigint[], :conversations::bigint[], :senders::text[], :recipients::text[],
                :subjects::text[], :rests::text[], :files::text[])
                as one (message_id, conversation_id, sender, recipients, subject, rest, files)
            )
            insert into message_search (message_id, conversation_id, document, files)
            select message_id, conversation_id, document, files from one order by message_id
            on conflict (message_id) do update set document = excluded.document, files = excluded.files
            """)
        .param("ids", documents.stream().map(Document::messageId).toArray(Long[]::new))
        .param(
            "conversations", documents.stream().map(Document::conversationId).toArray(Long[]::new))
        .param("senders", documents.stream().map(Document::from).toArray(String[]::new))
        .param("recipients", documents.stream().map(Document::to).toArray(String[]::new))
        .param("subjects", documents.stream().map(Document::subject).toArray(String[]::new))
        .param("rests", documents.stream().map(Document::rest).toArray(String[]::new))
        .param("files", documents.stream().map(Document::files).toArray(String[]::new))
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
      jdbc.sql("select gin_clean_pending_list('message_search_words')").query(Long.class).single();
    } catch (RuntimeException e) {
      log.debug("New words could not be sorted in: {}", e.toString());
    } finally {
      sorting.release();
    }
  }

  /**
   * The first messages of conversations that are called something else now, or whose customer is.
   */
  private List<Long> renamed(List<StoredFact> batch) {
    Long[] conversations = ids(batch, ConversationSubjectChanged.class, StoredFact::conversationId);
    Long[] customers = ids(batch, CustomerChanged.class, StoredFact::customerId);
    if (conversations.length == 0 && customers.length == 0) {
      return List.of();
    }
    return jdbc.sql(
            """
            select (select min(message.id) from message where message.conversation_id = one.id)
            from (
              select unnest(:conversations::bigint[]) as id
              union
              select newest.id from unnest(:customers::bigint[]) as customer (id)
              cross join lateral (select conversation.id from conversation
                where conversation.customer_id = customer.id order by last_message_at desc, id desc limit :most) as newest
            ) as one
            where exists (select from message where message.conversation_id = one.id)
            """)
        .param("conversations", conversations)
        .param("customers", customers)
        .param("most", MOST_RENAMED)
        .query(Long.class)
        .list();
  }

  private static Long[] ids(
      List<StoredFact> batch, Class<? extends Fact> type, Function<StoredFact, @Nullable Long> id) {
    return batch.stream()
        .filter(fact -> fact.is(type))
        .map(id)
        .filter(Objects::nonNull)
        .distinct()
        .toArray(Long[]::new);
  }

  private static String words(@Nullable String... parts) {
    StringBuilder words = new StringBuilder();
    for (String part : parts) {
      if (part != null) {
        words.append(part).append('\n');
      }
    }
    return SearchWords.indexed(words.toString());
  }

  /** Whole, and in pieces: the parser takes {@code invoice-4711.pdf} for one word. */
  private static @Nullable String files(@Nullable String names) {
    return names == null ? null : names + " " + names.replaceAll("[._-]", " ");
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
