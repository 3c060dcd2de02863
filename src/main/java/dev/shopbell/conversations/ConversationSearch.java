package dev.shopbell.conversations;

import dev.shopbell.platform.web.Cursor;
import dev.shopbell.platform.web.Page;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Finds conversations by the words of their messages, newest first.
 *
 * <p>In stages, so that the planner never chooses. A common word is found by walking the newest
 * messages one by one, further the more of them hit; a narrow filter by looking at what it leaves;
 * a rarer word by the full-text index, fenced off so that it is the index that is asked first: of
 * the newest stretches of messages, of more of them, of all, until the page is full. Left to itself
 * PostgreSQL walks the whole table for a rare word.
 */
@Component
class ConversationSearch {
  private static final SearchTerm.Where ANYWHERE = SearchTerm.Where.anywhere;
  private static final SearchTerm.Where FILES = SearchTerm.Where.files;

  private static final int NEWEST = 1_000;
  private static final int FURTHEST = 20_000;

  /** So many hits among the newest, and walking on fills the page sooner than the index. */
  private static final int COMMON = 10;

  /** So many of the newest stretches, of 65,536 messages each, are asked before all of them. */
  private static final int[] STRETCHES = {2, 16};

  /** As the index has it: the words of a message, and the stretch in which it lies. */
  private static final String STRETCHED =
      "(document || array_to_tsvector(array['#' || (message_id >> 16)::text]))";

  /** Of so few conversations it is quicker to look at each message. */
  private static final int FEW = 2_000;

  /** A conversation stands on the page of its newest hit only. */
  private static final String NEWER =
      """
      select from message_search as newer
      where newer.conversation_id = found.conversation_id and newer.message_id >= :before and %s
      """;

  private final JdbcClient jdbc;
  private final ConversationStore store;

  ConversationSearch(JdbcClient jdbc, ConversationStore store) {
    this.jdbc = jdbc;
    this.store = store;
  }

  private record Hit(long conversationId, long messageId) {}

  Page<ConversationRow> find(
      ConversationFilter filter, Search search, int limit, @Nullable Cursor cursor) {
    if (!search.only().isEmpty()) {
      return Page.whole(store.list(filter, search.only()));
    }
    SearchWords words = search.words();
    long before = cursor == null ? Long.MAX_VALUE : cursor.number(0);
    List<ConversationRow> first = new ArrayList<>();
    if (search.number() != null && cursor == null) {
      first.addAll(store.list(filter, List.of(search.number())));
    }
    if (words.terms().isEmpty()) {
      return Page.whole(first);
    }
    List<Hit> hits = hits(filter, words, before, limit);
    Map<Long, Long> messageOf = new LinkedHashMap<>();
    hits.stream().limit(limit).forEach(hit -> messageOf.put(hit.conversationId(), hit.messageId()));
    first.forEach(row -> messageOf.remove(row.id()));
    List<ConversationRow> rows = store.list(filter, List.copyOf(messageOf.keySet()));
    List<Long> messages = List.copyOf(messageOf.values());
    Map<Long, String> texts = words.asks(ANYWHERE) ? texts(messages) : Map.of();
    Map<Long, String> files = files(messages);
    List<ConversationRow> items = new ArrayList<>(first);
    for (ConversationRow row : rows) {
      long message = Objects.requireNonNull(messageOf.get(row.id()));
      items.add(row.with(match(words, row, message, texts.get(message), files.get(message))));
    }
    String next =
        hits.size() > limit ? Cursor.of(hits.get(limit - 1).messageId()).toString() : null;
    return new Page<>(items, next);
  }

  /**
   * What shows best why it was found: a file that was asked for, the words, a file that bears them.
   */
  private static ConversationRow.Match match(
      SearchWords words,
      ConversationRow row,
      long messageId,
      @Nullable String text,
      @Nullable String files) {
    SearchWords.Piece file = files == null ? null : words.match(files, Set.of(ANYWHERE, FILES));
    SearchWords.Piece said = text == null ? null : words.match(text, Set.of(ANYWHERE));
    if (file != null && (said == null || words.asks(FILES))) {
      return new ConversationRow.Match(file.text(), file.marks(), messageId, true);
    }
    SearchWords.Piece shown =
        Stream.of(said, match(words, row.subject()), match(words, row.customer().address()))
            .filter(Objects::nonNull)
            .findFirst()
            .orElseGet(() -> new SearchWords.Piece(row.preview(), List.of()));
    return new ConversationRow.Match(shown.text(), shown.marks(), messageId, false);
  }

  private static SearchWords.@Nullable Piece match(SearchWords words, @Nullable String text) {
    return text == null ? null : words.match(text, Set.of(ANYWHERE));
  }

  private List<Hit> hits(ConversationFilter filter, SearchWords words, long before, int limit) {
    List<Hit> newest = walk(filter, words, before, limit, NEWEST);
    if (newest.size() > limit) {
      return newest;
    }
    if (filter.isNarrow() && holdsAtMost(filter, FEW)) {
      return within(filter, words, before, limit);
    }
    if (newest.size() >= COMMON) {
      int further = Math.min(FURTHEST, 2 * NEWEST * (limit + 1) / newest.size());
      List<Hit> walked = walk(filter, words, before, limit, further);
      if (walked.size() > limit) {
        return walked;
      }
    }
    if (words.terms().stream().anyMatch(term -> !term.column().equals("files"))) {
      long last = Math.min(before - 1, lastMessage()) >> 16;
      for (int stretches : STRETCHES) {
        List<Hit> hits = ask(filter, words, before, limit, stretches(last, stretches));
        if (hits.size() > limit || stretches > last) {
          return hits;
        }
      }
    }
    return ask(filter, words, before, limit, null);
  }

  private long lastMessage() {
    return jdbc.sql("select coalesce(max(message_id), 0) from message_search")
        .query(Long.class)
        .single();
  }

  /** As a tsquery. */
  private static String stretches(long last, int most) {
    return LongStream.rangeClosed(Math.max(0, last - most + 1), last)
        .mapToObj(stretch -> "'#" + stretch + "'")
        .collect(Collectors.joining(" | "));
  }

  /** Looks at each of the newest messages. */
  private List<Hit> walk(
      ConversationFilter filter, SearchWords words, long before, int limit, int newest) {
    return hits(
        """
        with found as materialized (
          select message_id, conversation_id from (
            select * from message_search where message_id < :before order by message_id desc limit :newest) as newest
          where %s)
        """
            .formatted(holds("newest", words)),
        filter,
        words,
        before,
        limit,
        newest);
  }

  private boolean holdsAtMost(ConversationFilter filter, int most) {
    ConversationFilter.Where where = filter.where();
    return jdbc.sql(
                "select count(*) from (select from conversation where "
                    + where.sql()
                    + " limit :most) as one")
            .params(where.parameters())
            .param("most", most + 1)
            .query(Integer.class)
            .single()
        <= most;
  }

  /** Looks at the messages of the few conversations that the filter leaves. */
  private List<Hit> within(ConversationFilter filter, SearchWords words, long before, int limit) {
    return hits(
        """
        with narrow as materialized (select conversation.id from conversation where %s),
        found as materialized (
          select message_id, conversation_id from narrow
          join message_search on message_search.conversation_id = narrow.id
          where message_id < :before and %s and :newest > 0)
        """
            .formatted(filter.where().sql(), holds("message_search", words)),
        filter,
        words,
        before,
        limit,
        NEWEST);
  }

  /**
   * Asks the index, then puts what it found in order.
   *
   * @param stretches in which the messages lie; in any where it is null
   */
  private List<Hit> ask(
      ConversationFilter filter,
      SearchWords words,
      long before,
      int limit,
      @Nullable String stretches) {
    return hits(
        """
        with found as materialized (
          select message_id, conversation_id from message_search
          where %s and message_id + 0 < :before and :newest > 0)
        """
            .formatted(inIndex(words, stretches)),
        filter,
        words,
        before,
        limit,
        NEWEST);
  }

  private List<Hit> hits(
      String found,
      ConversationFilter filter,
      SearchWords words,
      long before,
      int limit,
      int newest) {
    ConversationFilter.Where where = filter.where();
    return jdbc.sql(
            found
                + """
                select found.conversation_id, max(found.message_id) as message_id
                from found join conversation on conversation.id = found.conversation_id
                where
                """
                + where.sql()
                + " group by found.conversation_id"
                + (before == Long.MAX_VALUE
                    ? ""
                    : " having not exists (" + NEWER.formatted(holds("newer", words)) + ")")
                + " order by message_id desc limit :limit")
        .params(where.parameters())
        .params(terms(words))
        .param("before", before)
        .param("newest", newest)
        .param("limit", limit + 1)
        .query((row, n) -> new Hit(row.getLong(1), row.getLong(2)))
        .list();
  }

  /** That a row holds all words: one question for each column, which is quicker than several. */
  private static String holds(String table, SearchWords words) {
    return queries(words).entrySet().stream()
        .map(one -> table + "." + one.getKey() + " @@ (" + one.getValue() + ")")
        .collect(Collectors.joining(" and "));
  }

  /** The same as the indexes have it, in these stretches. */
  private static String inIndex(SearchWords words, @Nullable String stretches) {
    return queries(words).entrySet().stream()
        .map(one -> {
          boolean document = one.getKey().equals("document");
          return (document ? STRETCHED : one.getKey())
              + " @@ ("
              + one.getValue()
              + (document && stretches != null ? " && $$" + stretches + "$$::tsquery" : "")
              + ")";
        })
        .collect(Collectors.joining(" and "));
  }

  private static Map<String, String> queries(SearchWords words) {
    Map<String, String> queries = new LinkedHashMap<>();
    for (int i = 0; i < words.terms().size(); i++) {
      SearchTerm term = words.terms().get(i);
      queries.merge(term.column(), term.query(":term" + i), (all, one) -> all + " && " + one);
    }
    return queries;
  }

  private static Map<String, Object> terms(SearchWords words) {
    Map<String, Object> terms = new HashMap<>();
    for (int i = 0; i < words.terms().size(); i++) {
      terms.put("term" + i, words.terms().get(i).value());
    }
    return terms;
  }

  /** The names of the files of each message. */
  private Map<Long, String> files(List<Long> messageIds) {
    Map<Long, String> files = new HashMap<>();
    jdbc.sql(
            """
            select message_id, left(string_agg(name, ', ' order by id), 2000) from attachment
            where message_id = any(:ids) and not inline group by message_id
            """)
        .param("ids", messageIds.toArray(Long[]::new))
        .query(row -> {
          files.put(row.getLong(1), row.getString(2));
        });
    return files;
  }

  private Map<Long, String> texts(List<Long> messageIds) {
    Map<Long, String> texts = new HashMap<>();
    jdbc.sql(
            "select id, left(coalesce(own_text, text), 20000), case when own_text is null then '' else left(text, 20000) end from message where id = any(:ids)")
        .param("ids", messageIds.toArray(Long[]::new))
        .query(row -> {
          texts.put(row.getLong(1), row.getString(2) + "\n" + row.getString(3));
        });
    return texts;
  }
}
