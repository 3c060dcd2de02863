package dev.shopbell.conversations;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.shopbell.platform.web.Caller;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * How many conversations each view holds.
 *
 * <p>An answer stands for as long as nothing was written: PostgreSQL's snapshot says whether. So
 * nobody gets one older than their question, and all who ask the same share it. One is counted at a
 * time; a count that is slow is not counted again until a multiple of what it took has passed, and
 * one that is too slow stays unknown for a while.
 */
@Component
class Counters {
  static final int MOST = 999;
  private static final Duration LONGEST = Duration.ofMillis(150);
  private static final long QUICK_NANOS = Duration.ofMillis(10).toNanos();
  private static final int REST = 40;
  private static final long REST_OF_UNKNOWN_NANOS = Duration.ofSeconds(30).toNanos();

  /** Of views that say “in the last hour” more leaves than is written. */
  private static final long OLDEST_NANOS = Duration.ofSeconds(10).toNanos();

  private final Views views;
  private final ConversationLists lists;
  private final JdbcClient jdbc;
  private final ReentrantLock counting = new ReentrantLock();
  private final Cache<String, Known> known =
      Caffeine.newBuilder().maximumSize(5_000).expireAfterAccess(Duration.ofMinutes(5)).build();

  Counters(Views views, ConversationLists lists, JdbcClient jdbc) {
    this.views = views;
    this.lists = lists;
    this.jdbc = jdbc;
  }

  /**
   * Each up to 1,000, which means more than 999.
   *
   * @param views of every other view that the caller has not hidden
   */
  @Schema(name = "ConversationCounters")
  record Values(
      long mine,
      long unassigned,
      long teams,
      long open,
      long waiting,
      long snoozed,
      long spam,
      List<OfView> views) {}

  /**
   * @param count null where counting takes too long
   */
  @Schema(name = "ViewCounter")
  record OfView(long id, @Nullable Long count) {}

  private record Known(
      @Nullable Long count, String snapshot, long readAt, long nanos, boolean tooSlow) {
    boolean answers(Question question) {
      long age = System.nanoTime() - readAt;
      if (tooSlow) {
        return age < REST_OF_UNKNOWN_NANOS;
      }
      return readAt - question.at() >= 0
          || (snapshot.equals(question.snapshot()) && age < OLDEST_NANOS)
          || (nanos > QUICK_NANOS && age < nanos * REST);
    }
  }

  /** Who asks, when, and what they could see then. */
  private record Question(Caller caller, long at, String snapshot) {}

  Values of(Caller caller) {
    Question question =
        new Question(
            caller,
            System.nanoTime(),
            jdbc.sql("select pg_current_snapshot()::text").query(String.class).single());
    List<OfView> counts = new ArrayList<>();
    for (View view : views.of(caller)) {
      if (view.id() != null && !view.hidden()) {
        counts.add(new OfView(view.id(), count(new Conditions(view.conditions()), question)));
      }
    }
    return new Values(
        of(BuiltInView.mine, question),
        of(BuiltInView.unassigned, question),
        of(BuiltInView.teams, question),
        of(BuiltInView.open, question),
        of(BuiltInView.waiting, question),
        of(BuiltInView.snoozed, question),
        of(BuiltInView.spam, question),
        counts);
  }

  private long of(BuiltInView view, Question question) {
    Long count = count(view.conditions(), question);
    return count == null ? 0 : count;
  }

  private @Nullable Long count(Conditions conditions, Question question) {
    ConversationFilter.Where where = ConversationFilter.of(conditions, question.caller()).where();
    String key = where.key();
    Known last = known.getIfPresent(key);
    if (last != null && last.answers(question)) {
      return last.count();
    }
    counting.lock();
    try {
      last = known.getIfPresent(key);
      if (last == null || !last.answers(question)) {
        last = read(where, question.snapshot());
        known.put(key, last);
      }
      return last.count();
    } finally {
      counting.unlock();
    }
  }

  private Known read(ConversationFilter.Where where, String snapshot) {
    long begun = System.nanoTime();
    try {
      long count =
          lists.within(
              LONGEST,
              () ->
                  jdbc.sql(
                          "select count(*) from (select from conversation where "
                              + where.sql()
                              + " limit :most) as one")
                      .params(where.parameters())
                      .param("most", MOST + 1)
                      .query(Long.class)
                      .single());
      return new Known(count, snapshot, begun, System.nanoTime() - begun, false);
    } catch (QueryTimeoutException e) {
      return new Known(null, snapshot, begun, LONGEST.toNanos(), true);
    }
  }
}
