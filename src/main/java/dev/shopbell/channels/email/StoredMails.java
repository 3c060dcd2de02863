package dev.shopbell.channels.email;

import dev.shopbell.conversations.Authentication;
import dev.shopbell.platform.database.Wakeups;
import dev.shopbell.platform.files.FileUse;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** The table of mail as it arrived. */
@Component
class StoredMails implements FileUse {
  static final String TOPIC = "mail";

  /** The first half of the advisory locks by which mail is claimed. */
  private static final int CLAIM = 0x4d41494c;

  private final JdbcClient jdbc;
  private final JsonMapper json;
  private final Clock clock;
  private final Wakeups wakeups;
  private final RowMapper<StoredMail> row = this::read;

  StoredMails(JdbcClient jdbc, JsonMapper json, Clock clock, Wakeups wakeups) {
    this.jdbc = jdbc;
    this.json = json;
    this.clock = clock;
    this.wakeups = wakeups;
  }

  /** What became of a stored mail. */
  record Outcome(long id, String state, @Nullable Long messageId) {}

  /** Durable when it returns. */
  @Transactional
  void insert(List<StoredMail> mails) {
    jdbc.sql(
            """
            insert into stored_mail (brand_id, received_at, due_at, envelope_from, recipients, peer, size, raw, file,
              helo, authentication, folder_role, imported, answered)
            select brand_id, received_at::timestamptz, case when imported then :now else received_at::timestamptz end, envelope_from,
              array(select jsonb_array_elements_text(recipients::jsonb)), peer, size, raw, file, helo, authentication::jsonb,
              folder_role, coalesce(imported, false), coalesce(answered, false)
            from unnest(:brands::bigint[], :received::text[], :froms::text[], :recipients::text[], :peers::text[],
              :sizes::bigint[], :raws::bytea[], :files::text[], :helos::text[], :authentications::text[],
              :roles::text[], :imported::boolean[], :answered::boolean[])
              as one (brand_id, received_at, envelope_from, recipients, peer, size, raw, file, helo, authentication,
              folder_role, imported, answered)
            """)
        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
        .param("roles", fetched(mails, one -> one.folder().name(), String[]::new))
        .param("imported", fetched(mails, StoredMail.Fetched::imported, Boolean[]::new))
        .param("answered", fetched(mails, StoredMail.Fetched::answered, Boolean[]::new))
        .param("brands", mails.stream().map(StoredMail::brandId).toArray(Long[]::new))
        .param(
            "received",
            mails.stream().map(mail -> mail.receivedAt().toString()).toArray(String[]::new))
        .param("froms", mails.stream().map(StoredMail::envelopeFrom).toArray(String[]::new))
        .param(
            "recipients",
            mails.stream()
                .map(mail -> json.writeValueAsString(mail.recipients()))
                .toArray(String[]::new))
        .param("peers", mails.stream().map(StoredMail::peer).toArray(String[]::new))
        .param("sizes", mails.stream().map(StoredMail::size).toArray(Long[]::new))
        .param("raws", mails.stream().map(StoredMail::raw).toArray(byte[][]::new))
        .param("files", mails.stream().map(StoredMail::file).toArray(String[]::new))
        .param("helos", mails.stream().map(StoredMail::helo).toArray(String[]::new))
        .param(
            "authentications",
            mails.stream()
                .map(StoredMail::authentication)
                .map(one -> one == null ? null : json.writeValueAsString(one))
                .toArray(String[]::new))
        .update();
    wakeups.afterCommit(TOPIC);
  }

  /**
   * The oldest that are due, this transaction's alone until it ends; what others have claimed is
   * passed over. A claim is an advisory lock and writes nothing, so that reading what was claimed
   * holds no consumer of facts up: the transaction gets its id only when the inbox is written.
   */
  List<StoredMail> claim(int limit) {
    List<Long> claimed =
        jdbc.sql(
                """
                select id from (
                  select id from stored_mail where state = 'new' and due_at <= :now order by imported, due_at, id limit :seen) as due
                where pg_try_advisory_xact_lock(:lock, (id % 2147483647)::int) limit :limit
                """)
            .param("now", clock.instant().atOffset(ZoneOffset.UTC))
            .param("seen", 8 * limit)
            .param("limit", limit)
            .param("lock", CLAIM)
            .query(Long.class)
            .list();
    // Read anew: what was seen as due may have been settled before its lock was free.
    return claimed.isEmpty()
        ? List.of()
        : jdbc.sql(
                "select * from stored_mail where id = any(:ids) and state = 'new' order by imported, due_at, id")
            .param("ids", claimed.toArray(Long[]::new))
            .query(row)
            .list();
  }

  /**
   * Waits until whoever has claimed mail that came earlier is done with it, so that a reply is not
   * taken in before what it answers. Nobody waits for mail later than their own, so no two wait for
   * each other; a claim on what is settled already, made by whoever had still seen it as due,
   * counts for nothing.
   */
  void awaitEarlier(long id) {
    jdbc.sql(
            """
            select pg_advisory_xact_lock_shared(:lock, claimed) from (
              select distinct objid::bigint::int as claimed from pg_locks
              where locktype = 'advisory' and classid = :lock::oid and objsubid = 2 and granted
                and database = (select oid from pg_database where datname = current_database())
                and pid <> pg_backend_pid() and objid::bigint < :id % 2147483647
                and (select state = 'new' from stored_mail where id = :id / 2147483647 * 2147483647 + objid::bigint)
              order by 1) as earlier
            """)
        .param("lock", CLAIM)
        .param("id", id)
        .query(row -> {});
  }

  /**
   * Notes what became of them. What was read from an account and is not kept as a message goes: it
   * is here already, or is none of ours, and its account has it.
   */
  void settle(List<Outcome> outcomes) {
    jdbc.sql(
            """
            delete from stored_mail where id = any(:ids) and folder_role is not null
            """)
        .param(
            "ids",
            outcomes.stream()
                .filter(outcome -> !outcome.state().equals("taken"))
                .map(Outcome::id)
                .toArray(Long[]::new))
        .update();
    jdbc.sql(
            """
            update stored_mail set state = one.state, message_id = one.message_id, problem = null
            from unnest(:ids::bigint[], :states::text[], :messages::bigint[]) as one (id, state, message_id)
            where stored_mail.id = one.id
            """)
        .param("ids", outcomes.stream().map(Outcome::id).toArray(Long[]::new))
        .param("states", outcomes.stream().map(Outcome::state).toArray(String[]::new))
        .param("messages", outcomes.stream().map(Outcome::messageId).toArray(Long[]::new))
        .update();
  }

  /** Tries again then, or gives up where that is null. */
  @Transactional
  void postpone(long id, String problem, @Nullable Instant again) {
    jdbc.sql(
            """
            update stored_mail set attempts = attempts + 1, problem = :problem,
              due_at = coalesce(:again::timestamptz, due_at), state = case when :again is null then 'failed' else state end
            where id = :id
            """)
        .param("id", id)
        .param("problem", problem)
        .param("again", again == null ? null : again.toString(), java.sql.Types.VARCHAR)
        .update();
  }

  /** Tries again then, for what the mail is not to blame for. */
  @Transactional
  void defer(long id, String problem, Instant again) {
    jdbc.sql("update stored_mail set problem = ?, due_at = ? where id = ?")
        .param(problem)
        .param(again.atOffset(ZoneOffset.UTC))
        .param(id)
        .update();
  }

  /** The mail that a message was read from. */
  Optional<StoredMail> ofMessage(long messageId) {
    return jdbc.sql(
            "select * from stored_mail where message_id = ? and state = 'taken' order by id limit 1")
        .param(messageId)
        .query(row)
        .optional();
  }

  /** The mail that began a conversation. */
  Optional<StoredMail> firstOfConversation(long conversationId) {
    return jdbc.sql(
            """
            select stored_mail.* from message join stored_mail on stored_mail.message_id = message.id
            where message.conversation_id = ? and stored_mail.state = 'taken'
            order by message.created_at, message.id limit 1
            """)
        .param(conversationId)
        .query(row)
        .optional();
  }

  /** How many wait to be read, and since when the oldest. */
  record Waiting(long count, @Nullable Instant oldest) {}

  /** How many could not be taken in at all. */
  long failed() {
    return jdbc.sql("select count(*) from stored_mail where state = 'failed'")
        .query(Long.class)
        .single();
  }

  Waiting waiting() {
    return jdbc.sql(
            "select count(*), min(case when imported then due_at else received_at end) from stored_mail where state = 'new'")
        .query((row, n) ->
            new Waiting(
                row.getLong(1),
                Optional.ofNullable(row.getTimestamp(2)).map(t -> t.toInstant()).orElse(null)))
        .single();
  }

  /** Whether so many imported mails wait to be taken in. */
  boolean waitingImports(int many) {
    return jdbc.sql(
                """
                select count(*) from (select from stored_mail where state = 'new' and imported limit :many) as waiting
                """)
            .param("many", many)
            .query(Integer.class)
            .single()
        >= many;
  }

  @Override
  public Set<String> named(Collection<String> files) {
    return new HashSet<>(
        jdbc.sql("select file from stored_mail where file = any(?)")
            .param(files.toArray(String[]::new))
            .query(String.class)
            .list());
  }

  private static <C> @Nullable C[] fetched(
      List<StoredMail> mails,
      Function<StoredMail.Fetched, C> value,
      IntFunction<@Nullable C[]> array) {
    return mails.stream()
        .map(mail -> mail.fetched() == null ? null : value.apply(mail.fetched()))
        .toArray(array);
  }

  private StoredMail read(ResultSet row, int n) throws SQLException {
    String authentication = row.getString("authentication");
    String role = row.getString("folder_role");
    return new StoredMail(
        row.getLong("id"),
        row.getLong("brand_id"),
        row.getTimestamp("received_at").toInstant(),
        row.getString("envelope_from"),
        List.of((String[]) row.getArray("recipients").getArray()),
        row.getString("peer"),
        row.getLong("size"),
        row.getBytes("raw"),
        row.getString("file"),
        row.getInt("attempts"),
        row.getString("helo"),
        authentication == null ? null : json.readValue(authentication, Authentication.class),
        role == null
            ? null
            : new StoredMail.Fetched(
                FolderRole.valueOf(role), row.getBoolean("imported"), row.getBoolean("answered")));
  }
}
