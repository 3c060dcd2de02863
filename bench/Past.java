import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Two years of a shop, written straight into the tables: 3 messages to a conversation, 2.5
 * conversations to a customer, words by Zipf's law from a vocabulary of 20,000. The messages of
 * different conversations lie mixed, as they would have come. The same past every time.
 */
final class Past {
  static final String COMMON = "parcel";
  static final String MIDDLING = "invoice";
  static final String RARE = "zeppelin";
  static final String ABSENT = "quokka";
  private static final int VOCABULARY = 20_000;
  private static final int WORDS = 90;
  private static final int BATCH = 2_000;
  private static final int AGENTS = 20;
  private static final int TAGS = 12;
  private static final long SPAN_SECONDS = 730L * 24 * 3600;

  private final Running shopbell;
  private final int conversations;
  private final int customers;
  private final int messages;
  private final long newest = System.currentTimeMillis() / 1000;
  private final String[] vocabulary = vocabulary();
  private final double[] cumulated = zipf();
  private String summary = "";

  // One entry for each message, in the order of time.
  private final int[] conversationOf;
  private final int[] placeOf;
  private final long[] at;
  private final int[] count;
  private final long[] lastAt;

  Past(Running shopbell, int conversations) {
    this.shopbell = shopbell;
    this.conversations = conversations;
    this.customers = Math.max(1, conversations * 2 / 5);
    this.count = new int[conversations];
    this.lastAt = new long[conversations];
    Random random = new Random(1);
    int total = 0;
    for (int i = 0; i < conversations; i++) {
      // 1 to 5, 3 on average; every hundredth is a long one
      count[i] = random.nextInt(100) == 0 ? 20 + random.nextInt(20) : 1 + random.nextInt(5);
      total += count[i];
    }
    messages = total;
    long[] order = new long[total];
    long[] times = new long[total];
    int[] conversation = new int[total];
    int[] place = new int[total];
    int n = 0;
    for (int i = 0; i < conversations; i++) {
      long time = newest - SPAN_SECONDS + SPAN_SECONDS * i / conversations;
      for (int j = 0; j < count[i]; j++) {
        times[n] = Math.min(time, newest);
        conversation[n] = i;
        place[n] = j;
        order[n] = (times[n] - (newest - SPAN_SECONDS)) << 24 | n;
        lastAt[i] = times[n];
        n++;
        time += 600 + (long) (-Math.log(1 - random.nextDouble()) * 40_000);
      }
    }
    if (total >= 1 << 24) {
      throw new IllegalArgumentException("So many conversations were not thought of.");
    }
    Arrays.sort(order);
    conversationOf = new int[total];
    placeOf = new int[total];
    at = new long[total];
    for (int i = 0; i < total; i++) {
      int from = (int) (order[i] & (1 << 24) - 1);
      conversationOf[i] = conversation[from];
      placeOf[i] = place[from];
      at[i] = times[from];
    }
  }

  long anyId(Random random) {
    return 1 + random.nextInt(conversations);
  }

  long anyCustomer(Random random) {
    return 1 + random.nextInt(customers);
  }

  String summary() {
    return summary;
  }

  void fill() throws Exception {
    long begun = System.nanoTime();
    try (Connection connection = shopbell.connect();
        Statement statement = connection.createStatement()) {
      if (isThere(statement)) {
        summary = summary(statement, "is there from before");
        return;
      }
      people(statement);
      conversations(connection);
      // A full-text index is made faster at the end; for what is read afterwards it is the same.
      String index;
      try (ResultSet row =
          statement.executeQuery(
              "select indexdef from pg_indexes where indexname = 'message_search_words'")) {
        row.next();
        index = row.getString(1);
      }
      statement.execute("drop index message_search_words");
      messages();
      statement.execute(index);
      facts(statement);
      for (String table : List.of("customer", "identity", "conversation", "message")) {
        statement.execute(
            "select setval(pg_get_serial_sequence('%s', 'id'), (select max(id) from %s))"
                .formatted(table, table));
      }
      statement.execute("vacuum analyze");
      long seconds = (System.nanoTime() - begun) / 1_000_000_000;
      summary = summary(statement, "filled in " + seconds + " s");
    }
  }

  private boolean isThere(Statement statement) throws Exception {
    try (ResultSet row =
        statement.executeQuery(
            "select count(*), (select count(*) from message) from conversation")) {
      row.next();
      boolean there = row.getLong(1) >= conversations && row.getLong(2) >= messages;
      if (!there && row.getLong(1) > 0) {
        throw new IllegalStateException("The data folder holds another past.");
      }
      return there;
    }
  }

  private String summary(Statement statement, String filled) throws Exception {
    try (ResultSet row =
        statement.executeQuery(
            "select pg_size_pretty(pg_database_size(current_database())), (select count(*) from"
                + " message)")) {
      row.next();
      return String.format(
          Locale.ROOT,
          "%,d conversations, %,d messages, %,d customers, %s in the database; %s",
          conversations,
          row.getLong(2),
          customers,
          row.getString(1),
          filled);
    }
  }

  private void people(Statement statement) throws Exception {
    statement.execute(
        """
        insert into agent (name, email, role, created_at)
        select 'Agent ' || n, 'agent' || n || '@shop.example', 'agent', now() from generate_series(1, %d) as n
        """
            .formatted(AGENTS));
    statement.execute(
        "insert into tag (name, color, created_at) select 'tag ' || n, '#4f46e5', now() from generate_series(1, %d) as n"
            .formatted(TAGS));
    statement.execute(
        """
        insert into customer (id, brand_id, name, address, created_at) overriding system value
        select n, (select min(id) from brand), 'Customer ' || n, 'customer' || n || '@buyer.example',
          now() - interval '2 years' from generate_series(1, %d) as n
        """
            .formatted(customers));
    statement.execute(
        """
        insert into identity (brand_id, customer_id, kind, value, verified, created_at)
        select brand_id, id, 'email', address, true, created_at from customer
        """);
  }

  /** Four in five are resolved; the newest are more often open. */
  private void conversations(Connection connection) throws Exception {
    Random random = new Random(2);
    connection.setAutoCommit(false);
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            insert into conversation (id, brand_id, customer_id, subject, status, priority, assignee_id, tag_ids,
              preview, last_message_at, last_direction, channel, message_count, waiting_since, snoozed_until,
              resolved_at, created_at) overriding system value
            values (?, (select min(id) from brand), ?, ?, ?, ?,
              (select id from agent where email = ?), ?::bigint[], ?, to_timestamp(?), ?, 'email', ?,
              to_timestamp(?), to_timestamp(?), to_timestamp(?), to_timestamp(?))
            """)) {
      for (int i = 0; i < conversations; i++) {
        boolean recent = i > conversations * 9 / 10;
        int luck = random.nextInt(100);
        String status;
        if (luck < 5) {
          status = "spam";
        } else if (luck < (recent ? 55 : 8)) {
          status = "open";
        } else if (luck < (recent ? 80 : 10)) {
          status = "waiting";
        } else {
          status = luck > 97 && recent ? "snoozed" : "resolved";
        }
        boolean assigned = random.nextInt(100) < (status.equals("resolved") ? 95 : 60);
        int tags = random.nextInt(10);
        boolean inbound = count[i] % 2 == 1;
        insert.setLong(1, i + 1);
        insert.setLong(2, 1 + random.nextInt(customers));
        insert.setString(3, subject(i));
        insert.setString(4, status);
        insert.setString(5, random.nextInt(20) == 0 ? "high" : "normal");
        insert.setString(
            6, assigned ? "agent" + (1 + random.nextInt(AGENTS)) + "@shop.example" : "");
        insert.setString(
            7,
            tags > 2
                ? "{}"
                : tags == 0
                    ? "{"
                        + (1 + random.nextInt(TAGS / 2))
                        + ","
                        + (7 + random.nextInt(TAGS / 2))
                        + "}"
                    : "{" + (1 + random.nextInt(TAGS)) + "}");
        insert.setString(8, words(new Random(i), 25));
        insert.setLong(9, lastAt[i]);
        insert.setString(10, inbound ? "inbound" : "outbound");
        insert.setInt(11, count[i]);
        time(insert, 12, inbound && status.equals("open") ? lastAt[i] : 0);
        time(insert, 13, status.equals("snoozed") ? newest + 86_400 : 0);
        time(insert, 14, status.equals("resolved") ? lastAt[i] : 0);
        insert.setLong(15, lastAt[i] - 3_600);
        insert.addBatch();
        if (i % BATCH == BATCH - 1) {
          insert.executeBatch();
        }
      }
      insert.executeBatch();
      connection.commit();
    }
    connection.setAutoCommit(true);
  }

  private static void time(PreparedStatement insert, int place, long seconds) throws Exception {
    if (seconds == 0) {
      insert.setNull(place, Types.BIGINT);
    } else {
      insert.setLong(place, seconds);
    }
  }

  private String subject(int conversation) {
    return words(new Random(-1L - conversation), 5);
  }

  private void messages() throws Exception {
    Semaphore ahead = new Semaphore(4);
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      List<Future<?>> jobs = new ArrayList<>();
      for (int from = 0; from < messages; from += BATCH) {
        int begin = from;
        ahead.acquire();
        jobs.add(
            threads.submit(() -> {
              try {
                batch(begin, Math.min(messages, begin + BATCH));
              } finally {
                ahead.release();
              }
              return null;
            }));
      }
      for (Future<?> job : jobs) {
        job.get(10, TimeUnit.MINUTES);
      }
    }
  }

  private void batch(int from, int to) throws Exception {
    int size = to - from;
    Long[] ids = new Long[size];
    Long[] of = new Long[size];
    String[] directions = new String[size];
    String[] texts = new String[size];
    String[] subjects = new String[size];
    Long[] times = new Long[size];
    for (int i = 0; i < size; i++) {
      int n = from + i;
      Random random = new Random(1_000_003L * n);
      ids[i] = n + 1L;
      of[i] = conversationOf[n] + 1L;
      directions[i] =
          placeOf[n] % 2 == 0 ? "inbound" : random.nextInt(8) == 0 ? "note" : "outbound";
      subjects[i] = subject(conversationOf[n]);
      StringBuilder text = new StringBuilder(words(random, WORDS / 2 + random.nextInt(WORDS)));
      if (random.nextInt(100) < 30) {
        text.append(' ').append(COMMON);
      }
      if (random.nextInt(1_000) < 5) {
        text.append(' ').append(MIDDLING);
      }
      if (n == messages / 5 || n == messages / 2 || n == messages * 4 / 5) {
        text.append(' ').append(RARE);
      }
      texts[i] = text.toString();
      times[i] = at[n];
    }
    try (Connection connection = shopbell.connect();
        PreparedStatement insert =
            connection.prepareStatement(
                """
                with one as (
                  select * from unnest(?::bigint[], ?::bigint[], ?::text[], ?::text[], ?::text[], ?::bigint[])
                    as one (id, conversation_id, direction, subject, text, at)
                ), made as (
                  insert into message (id, conversation_id, brand_id, direction, channel, kind, agent_id, from_name,
                    from_address, recipients, own_address, subject, text, html, external_id, content_hash,
                    has_original, delivery_state, delivery_attempts, delivery_updated_at, created_at)
                    overriding system value
                  select one.id, conversation.id, conversation.brand_id, direction, 'email', 'message',
                    case when direction <> 'inbound' then agent.id end,
                    case direction when 'inbound' then customer.name else agent.name end,
                    case direction when 'inbound' then customer.address when 'outbound' then 'care@shop.example' end,
                    case direction
                      when 'inbound' then '[{"kind": "to", "name": null, "address": "care@shop.example"}]'::jsonb
                      when 'outbound' then jsonb_build_array(
                        jsonb_build_object('kind', 'to', 'name', customer.name, 'address', customer.address))
                      else '[]' end,
                    case when direction = 'inbound' then 'care@shop.example' end,
                    one.subject, one.text, '<p>' || one.text || '</p>',
                    case when direction <> 'note' then one.id || '@bench.example' end,
                    case when direction = 'inbound' then md5(one.id::text) end,
                    false,
                    case when direction = 'outbound' then 'sent' end,
                    case when direction = 'outbound' then 1 else 0 end,
                    case when direction = 'outbound' then to_timestamp(at) end, to_timestamp(at)
                  from one
                  join conversation on conversation.id = one.conversation_id
                  join customer on customer.id = conversation.customer_id
                  cross join (select min(id) as id, min(name) as name from agent) as agent
                  returning id, conversation_id, subject, from_name, from_address, text
                )
                insert into message_search (message_id, conversation_id, document)
                select id, conversation_id, to_tsvector('simple',
                  lower(concat_ws(' ', subject, from_name, from_address, text))) from made
                """)) {
      insert.setArray(1, connection.createArrayOf("bigint", ids));
      insert.setArray(2, connection.createArrayOf("bigint", of));
      insert.setArray(3, connection.createArrayOf("text", directions));
      insert.setArray(4, connection.createArrayOf("text", subjects));
      insert.setArray(5, connection.createArrayOf("text", texts));
      insert.setArray(6, connection.createArrayOf("bigint", times));
      insert.executeUpdate();
    }
  }

  /** The consumers are put behind them, in the same transaction: for them it is all read. */
  private static void facts(Statement statement) throws Exception {
    statement.execute("begin");
    statement.execute(
        """
        insert into fact (name, at, actor_kind, actor_id, data)
        select name, at, kind, actor, data from (
          select id, 0 as place, 'ConversationStarted' as name, created_at as at, 'customer' as kind,
            customer_id as actor, jsonb_build_object(
              'brandId', brand_id, 'conversationId', id, 'customerId', customer_id) as data
          from conversation
          union all
          select message.conversation_id, 1,
            case direction when 'inbound' then 'MessageReceived' when 'outbound' then 'ReplyQueued' else 'NoteAdded' end,
            message.created_at, case direction when 'inbound' then 'customer' else 'agent' end,
            case direction when 'inbound' then customer_id else agent_id end,
            jsonb_build_object('brandId', message.brand_id, 'conversationId', conversation_id,
              'customerId', customer_id, 'messageId', message.id, 'channel', 'email', 'kind', 'message')
          from message join conversation on conversation.id = message.conversation_id
          union all
          select id, 2, 'ConversationStatusChanged', resolved_at, 'agent', coalesce(assignee_id, 1),
            jsonb_build_object('brandId', brand_id, 'conversationId', id, 'from', 'open', 'to', 'resolved')
          from conversation where status = 'resolved') as happened
        order by at, place
        """);
    statement.execute(
        "update consumer set xid = pg_current_xact_id(), id = (select max(id) from fact)");
    statement.execute("commit");
  }

  private String words(Random random, int words) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < words; i++) {
      int place = Arrays.binarySearch(cumulated, random.nextDouble());
      text.append(i == 0 ? "" : i % 13 == 12 ? ". " : " ")
          .append(vocabulary[Math.min(VOCABULARY - 1, place < 0 ? -place - 1 : place)]);
    }
    return text.toString();
  }

  /** The share of each word falls with its place: the tenth is a tenth as frequent as the first. */
  private static double[] zipf() {
    double[] cumulated = new double[VOCABULARY];
    double sum = 0;
    for (int i = 0; i < VOCABULARY; i++) {
      sum += 1.0 / (i + 2.7);
      cumulated[i] = sum;
    }
    for (int i = 0; i < VOCABULARY; i++) {
      cumulated[i] /= sum;
    }
    return cumulated;
  }

  /** Words that can be spoken; those that are searched for are not among them. */
  private static String[] vocabulary() {
    Random random = new Random(3);
    String consonants = "bdfghklmnprstvw";
    String vowels = "aeiou";
    List<String> words = new ArrayList<>();
    java.util.Set<String> known = new java.util.HashSet<>();
    while (words.size() < VOCABULARY) {
      StringBuilder word = new StringBuilder();
      int syllables = words.size() < 100 ? 1 : 2 + random.nextInt(2);
      for (int i = 0; i < syllables; i++) {
        word.append(consonants.charAt(random.nextInt(consonants.length())))
            .append(vowels.charAt(random.nextInt(vowels.length())));
      }
      if (random.nextBoolean()) {
        word.append(consonants.charAt(random.nextInt(consonants.length())));
      }
      if (known.add(word.toString())) {
        words.add(word.toString());
      }
    }
    return words.toArray(String[]::new);
  }
}
