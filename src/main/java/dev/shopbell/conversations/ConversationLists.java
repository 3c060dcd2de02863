package dev.shopbell.conversations;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.shopbell.platform.web.Cursor;
import dev.shopbell.platform.web.Page;
import dev.shopbell.platform.web.Problem;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Reads lists whose conditions anybody may have made up. Each question may take {@link #LONGEST},
 * and only a few are asked at once, so that one that looks at everything does not keep the others
 * waiting.
 */
@Component
class ConversationLists {
  private static final Duration LONGEST = Duration.ofSeconds(2);
  private static final int AT_ONCE = 5;
  private static final int FURTHEST = 1_000_000;

  /** What took longer to count stands for twenty times as long, for all who ask the same. */
  private static final Duration QUICK_TOTAL = Duration.ofMillis(20);

  private static final int REST = 20;
  private static final Duration LONGEST_TOTAL = Duration.ofSeconds(30);

  private final ConversationStore store;
  private final ConversationSearch search;
  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;
  private final Semaphore permits = new Semaphore(AT_ONCE);
  private final Cache<String, Total> totals =
      Caffeine.newBuilder().maximumSize(1_000).expireAfterWrite(LONGEST_TOTAL).build();

  ConversationLists(
      ConversationStore store,
      ConversationSearch search,
      JdbcClient jdbc,
      PlatformTransactionManager transactions) {
    this.store = store;
    this.search = search;
    this.jdbc = jdbc;
    this.transaction = new TransactionTemplate(transactions);
    transaction.setReadOnly(true);
    transaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
  }

  /** A list and its order; {@code madeUp} where somebody made up its conditions. */
  record Asked(ConversationFilter filter, ViewSort sort, boolean madeUp) {}

  Page<ConversationRow> page(Asked asked, int limit, @Nullable String cursor) {
    return bounded(
        asked,
        () ->
            Page.of(
                store.list(asked.filter(), asked.sort(), limit, cursor),
                limit,
                asked.sort()::cursorOf));
  }

  /** A page that begins anywhere, for a list that is dragged along. */
  Page<ConversationRow> from(Asked asked, int limit, int offset) {
    if (offset < 0 || offset > FURTHEST) {
      throw Problem.invalid("offset", "The offset is a number from 0 to " + FURTHEST + ".");
    }
    return offset == 0
        ? page(asked, limit, null)
        : bounded(
            asked,
            () ->
                Page.of(
                    store.list(asked.filter(), idsFrom(asked, limit + 1, offset)),
                    limit,
                    asked.sort()::cursorOf));
  }

  /** Passed over in the index alone: rows are only read of those that are shown. */
  private List<Long> idsFrom(Asked asked, int limit, int offset) {
    ConversationFilter.Where where = asked.filter().where();
    return jdbc.sql(
            "select conversation.id from conversation where "
                + where.sql()
                + " order by "
                + asked.sort().orderBy()
                + " limit :limit offset :offset")
        .params(where.parameters())
        .param("limit", limit)
        .param("offset", offset)
        .query(Long.class)
        .list();
  }

  /** Spam is left out of the list of all, but not where the search asks for it. */
  Page<ConversationRow> search(Asked asked, Search sought, int limit, @Nullable String cursor) {
    Conditions standing = asked.filter().conditions();
    if (sought.seeksSpam()) {
      standing = standing.without(BuiltInView.all.conditions());
    }
    ConversationFilter filter =
        new ConversationFilter(standing.and(sought.conditions()), asked.filter().sight());
    boolean madeUp = asked.madeUp() || !sought.conditions().all().isEmpty();
    Asked narrowed = new Asked(filter, ViewSort.newest, madeUp);
    if (sought.words().terms().isEmpty() && sought.number() == null && sought.only().isEmpty()) {
      return sought.conditions().all().isEmpty()
          ? Page.whole(List.of())
          : page(narrowed, limit, cursor);
    }
    return bounded(narrowed, () -> search.find(filter, sought, limit, Cursor.parse(cursor, 1)));
  }

  private record Total(long count, long countedAt, Duration took) {
    boolean stands() {
      return took.compareTo(QUICK_TOTAL) > 0
          && System.nanoTime() - countedAt < took.toNanos() * REST;
    }
  }

  /** How many there are, counted no further than a million. */
  long total(Asked asked) {
    ConversationFilter.Where where = asked.filter().where();
    String key = where.key();
    Total last = totals.getIfPresent(key);
    if (last != null && last.stands()) {
      return last.count();
    }
    long begun = System.nanoTime();
    long count = bounded(asked, () -> count(where));
    long now = System.nanoTime();
    totals.put(key, new Total(count, now, Duration.ofNanos(now - begun)));
    return count;
  }

  private long count(ConversationFilter.Where where) {
    return jdbc.sql(
            "select count(*) from (select from conversation where "
                + where.sql()
                + " limit :most) as one")
        .params(where.parameters())
        .param("most", FURTHEST)
        .query(Long.class)
        .single();
  }

  private <T> T bounded(Asked asked, Supplier<T> question) {
    if (!asked.madeUp()) {
      return question.get();
    }
    try {
      if (!permits.tryAcquire(LONGEST.toMillis(), TimeUnit.MILLISECONDS)) {
        throw Problem.tooMany(
            "Too many large questions are asked at this moment. Try again in a few seconds.",
            LONGEST);
      }
      try {
        return within(LONGEST, question);
      } finally {
        permits.release();
      }
    } catch (QueryTimeoutException e) {
      throw Problem.invalid(
          "conditions",
          "Finding these took longer than "
              + LONGEST.toSeconds()
              + " seconds and was given up. Add a condition that leaves fewer, such as a status or a"
              + " time.");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Problem.unavailable();
    }
  }

  /**
   * @throws QueryTimeoutException if a statement of it takes longer
   */
  <T> T within(Duration longest, Supplier<T> question) {
    return java.util.Objects.requireNonNull(
        transaction.execute(status -> {
          jdbc.sql("select set_config('statement_timeout', ?, true)")
              .param(Long.toString(longest.toMillis()))
              .query(String.class)
              .single();
          return question.get();
        }));
  }
}
