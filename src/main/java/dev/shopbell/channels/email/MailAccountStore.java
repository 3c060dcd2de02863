package dev.shopbell.channels.email;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The table of mail accounts, but for their secrets. */
@Component
class MailAccountStore {
  private static final String SELECT =
      """
      select mail_account.*, mailbox.brand_id, mailbox.address,
        import_total - (select count(*) from imap_import join imap_folder on imap_folder.id = folder_id
          where account_id = mail_account.id) as imported
      from mail_account join mailbox on mailbox.id = mailbox_id
      """;

  private final JdbcClient jdbc;
  private final Clock clock;

  MailAccountStore(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  List<MailAccount> all() {
    return jdbc.sql(SELECT + " order by mailbox.address").query(MailAccountStore::read).list();
  }

  Optional<MailAccount> find(long id) {
    return jdbc.sql(SELECT + " where mail_account.id = ?")
        .param(id)
        .query(MailAccountStore::read)
        .optional();
  }

  /** The account behind that address of the brand. */
  Optional<MailAccount> ofAddress(long brandId, String address) {
    return jdbc.sql(SELECT + " where brand_id = ? and lower(mailbox.address) = lower(?)")
        .param(brandId)
        .param(address)
        .query(MailAccountStore::read)
        .optional();
  }

  /** Empty if the mailbox has an account already. */
  Optional<Long> insert(long mailboxId, MailAccounts.Settings settings) {
    MailServer smtp = settings.smtp();
    return jdbc.sql(
            """
            insert into mail_account (mailbox_id, imap_host, imap_port, imap_security, smtp_host, smtp_port, smtp_security,
              user_name, auth, client_id, folders, junk, import_days, connected_at, last_seen_at)
            values (:mailbox, :host, :port, :security, :smtpHost, :smtpPort, :smtpSecurity, :user, :auth, :client,
              :folders, :junk, :days, :now, :now)
            on conflict do nothing returning id
            """)
        .param("mailbox", mailboxId)
        .param("host", settings.imap().host())
        .param("port", settings.imap().port())
        .param("security", settings.imap().security().name())
        .param("smtpHost", smtp == null ? null : smtp.host())
        .param("smtpPort", smtp == null ? null : smtp.port())
        .param("smtpSecurity", smtp == null ? null : smtp.security().name())
        .param("user", settings.userName())
        .param("auth", settings.auth().name())
        .param("client", settings.clientId())
        .param("folders", settings.folders().toArray(String[]::new))
        .param("junk", settings.junk())
        .param("days", settings.importDays())
        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
        .query(Long.class)
        .optional();
  }

  /** Whoever reads the account begins again with what is set now. */
  void update(long id, MailAccounts.Settings settings) {
    MailServer smtp = settings.smtp();
    jdbc.sql(
            """
            update mail_account set imap_host = :host, imap_port = :port, imap_security = :security, smtp_host = :smtpHost,
              smtp_port = :smtpPort, smtp_security = :smtpSecurity, user_name = :user, client_id = :client,
              folders = :folders, junk = :junk, revision = revision + 1
            where id = :id
            """)
        .param("host", settings.imap().host())
        .param("port", settings.imap().port())
        .param("security", settings.imap().security().name())
        .param("smtpHost", smtp == null ? null : smtp.host())
        .param("smtpPort", smtp == null ? null : smtp.port())
        .param("smtpSecurity", smtp == null ? null : smtp.security().name())
        .param("user", settings.userName())
        .param("client", settings.clientId())
        .param("folders", settings.folders().toArray(String[]::new))
        .param("junk", settings.junk())
        .param("id", id)
        .update();
  }

  void delete(long id) {
    jdbc.sql("delete from mail_account where id = ?").param(id).update();
  }

  /** A pause ends whatever state there was; after it the time without contact counts anew. */
  boolean pause(long id, boolean paused) {
    return jdbc.sql(
                """
                update mail_account set paused = :paused, state = 'connecting', last_error = null, last_seen_at = :now,
                  revision = revision + 1
                where id = :id and paused <> :paused
                """)
            .param("paused", paused)
            .param("now", clock.instant().atOffset(ZoneOffset.UTC))
            .param("id", id)
            .update()
        == 1;
  }

  void tryNow(long id) {
    jdbc.sql("update mail_account set revision = revision + 1 where id = ?").param(id).update();
  }

  /** An account that this node reads now, with the revision of its settings. */
  record Held(long id, int revision) {}

  /**
   * Keeps what this node reads for another {@code lease}, and takes what nobody reads. By the clock
   * of the database: those of the nodes may differ.
   */
  List<Held> hold(String node, Duration lease) {
    return jdbc.sql(
            """
            update mail_account set held_by = :node, held_until = clock_timestamp() + make_interval(secs => :seconds)
            where not paused and (auth = 'password' or refresh_token is not null)
              and (held_by = :node or held_until is null or held_until < clock_timestamp())
            returning id, revision
            """)
        .param("node", node)
        .param("seconds", lease.toMillis() / 1000.0)
        .query(Held.class)
        .list();
  }

  void release(String node) {
    jdbc.sql("update mail_account set held_until = null, held_by = null where held_by = ?")
        .param(node)
        .update();
  }

  /**
   * The server has answered.
   *
   * @return the state before, which the account has left
   */
  MailAccount.State reached(long id, boolean importing) {
    return jdbc.sql(
            """
            with before as (select id, state from mail_account where id = :id for update)
            update mail_account set state = :state, last_error = null, last_seen_at = :now
            from before where mail_account.id = before.id returning before.state
            """)
        .param("id", id)
        .param("state", importing ? "importing" : "live")
        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
        .query((row, n) -> MailAccount.State.valueOf(row.getString(1)))
        .optional()
        .orElse(MailAccount.State.live);
  }

  /**
   * The server was not reached, or has refused us.
   *
   * @return whether that is new
   */
  boolean failed(long id, boolean refused, String words) {
    return jdbc.sql(
            """
            with before as (select id, state from mail_account where id = :id and not paused for update)
            update mail_account set last_error = :words,
              state = case when :refused then 'refused' when before.state in ('live', 'importing') then 'connecting' else before.state end
            from before where mail_account.id = before.id returning :refused and before.state <> 'refused'
            """)
        .param("id", id)
        .param("refused", refused)
        .param("words", words)
        .query(Boolean.class)
        .optional()
        .orElse(false);
  }

  void mailCame(long id) {
    jdbc.sql("update mail_account set last_mail_at = :now where id = :id")
        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
        .param("id", id)
        .update();
  }

  /** Marks those that have not been reached for too long; each is returned once. */
  List<MailAccount> fallenSilent() {
    List<Long> ids =
        jdbc.sql(
                """
                update mail_account set state = 'silent'
                where not paused and state not in ('refused', 'silent') and last_seen_at < :before
                  and (auth = 'password' or refresh_token is not null)
                returning id
                """)
            .param(
                "before", clock.instant().minus(MailAccount.SILENT_AFTER).atOffset(ZoneOffset.UTC))
            .query(Long.class)
            .list();
    return ids.stream().flatMap(id -> find(id).stream()).toList();
  }

  private static MailAccount read(ResultSet row, int n) throws SQLException {
    String smtpHost = row.getString("smtp_host");
    return new MailAccount(
        row.getLong("id"),
        row.getLong("brand_id"),
        row.getLong("mailbox_id"),
        row.getString("address"),
        new MailServer(
            row.getString("imap_host"),
            row.getInt("imap_port"),
            MailServer.Security.valueOf(row.getString("imap_security"))),
        smtpHost == null
            ? null
            : new MailServer(
                smtpHost,
                row.getInt("smtp_port"),
                MailServer.Security.valueOf(row.getString("smtp_security"))),
        row.getString("user_name"),
        MailAccount.Auth.valueOf(row.getString("auth")),
        row.getString("client_id"),
        List.of((String[]) row.getArray("folders").getArray()),
        row.getBoolean("junk"),
        row.getInt("import_days"),
        row.getBoolean("paused")
            ? MailAccount.State.paused
            : MailAccount.State.valueOf(row.getString("state")),
        row.getString("last_error"),
        row.getInt("import_total"),
        row.getInt("imported"),
        row.getInt("left_on_server"),
        row.getTimestamp("connected_at").toInstant(),
        row.getTimestamp("last_seen_at").toInstant(),
        instant(row, "last_mail_at"),
        row.getInt("revision"));
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    Timestamp at = row.getTimestamp(column);
    return at == null ? null : at.toInstant();
  }
}
