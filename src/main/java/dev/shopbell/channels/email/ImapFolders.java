package dev.shopbell.channels.email;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * How far each folder has been read, and what of earlier mail is still to be fetched. Mail is
 * stored in the transaction that moves these on, and only if nobody else has moved them meanwhile:
 * so whenever a node dies, or wakes up believing that it still reads, nothing is lost or doubled.
 */
@Component
class ImapFolders {
  private final JdbcClient jdbc;
  private final StoredMails mails;
  private final MailAccountStore accounts;

  ImapFolders(JdbcClient jdbc, StoredMails mails, MailAccountStore accounts) {
    this.jdbc = jdbc;
    this.mails = mails;
    this.accounts = accounts;
  }

  /**
   * @param uidValidity null until it is read for the first time
   * @param lastUid all mail up to here is stored or on the list of what is to be imported
   */
  record Folder(
      long id,
      long accountId,
      String name,
      FolderRole role,
      @Nullable Long uidValidity,
      long lastUid) {}

  /** A mail that is still to be fetched. */
  record Earlier(long folderId, long uid, Instant receivedAt, long size, boolean answered) {}

  /** Somebody else has read on: this reader is not the only one any more. */
  static final class Overtaken extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  /** Follows exactly these, by name; what was followed before and is not named is forgotten. */
  @Transactional
  List<Folder> follow(long accountId, Map<String, FolderRole> roles) {
    String[] names = roles.keySet().toArray(String[]::new);
    jdbc.sql("delete from imap_folder where account_id = :account and not name = any(:names)")
        .param("account", accountId)
        .param("names", names)
        .update();
    roles.forEach((name, role) ->
        jdbc.sql(
                """
                insert into imap_folder (account_id, name, role) values (:account, :name, :role)
                on conflict (account_id, name) do update set role = excluded.role
                """)
            .param("account", accountId)
            .param("name", name)
            .param("role", role.name())
            .update());
    return jdbc.sql(
            """
            select id, account_id, name, role, uid_validity, last_uid from imap_folder where account_id = ?
            order by role = 'inbox', role, name
            """)
        .param(accountId)
        .query(Folder.class)
        .list();
  }

  /** The folder begins anew after {@code lastUid}; what is before is to be fetched by and by. */
  @Transactional
  Folder begin(Folder folder, long uidValidity, long lastUid, List<Earlier> earlier) {
    int dropped =
        jdbc.sql("delete from imap_import where folder_id = ?").param(folder.id()).update();
    jdbc.sql(
            """
            insert into imap_import (folder_id, uid, received_at, size, answered)
            select :folder, uid, received_at::timestamptz, size, answered
            from unnest(:uids::bigint[], :received::text[], :sizes::bigint[], :answered::boolean[])
              as one (uid, received_at, size, answered)
            """)
        .param("folder", folder.id())
        .param("uids", earlier.stream().map(Earlier::uid).toArray(Long[]::new))
        .param(
            "received",
            earlier.stream().map(one -> one.receivedAt().toString()).toArray(String[]::new))
        .param("sizes", earlier.stream().map(Earlier::size).toArray(Long[]::new))
        .param("answered", earlier.stream().map(Earlier::answered).toArray(Boolean[]::new))
        .update();
    if (dropped > 0 || !earlier.isEmpty()) {
      jdbc.sql(
              """
              update mail_account set import_total =
                (select count(*) from imap_import join imap_folder on imap_folder.id = folder_id where account_id = :id)
              where id = :id
              """)
          .param("id", folder.accountId())
          .update();
    }
    int moved =
        jdbc.sql(
                """
                update imap_folder set uid_validity = :validity, last_uid = :last
                where id = :id and uid_validity is not distinct from :before
                """)
            .param("validity", uidValidity)
            .param("last", lastUid)
            .param("id", folder.id())
            .param("before", folder.uidValidity(), java.sql.Types.BIGINT)
            .update();
    if (moved != 1) {
      throw new Overtaken();
    }
    return new Folder(
        folder.id(), folder.accountId(), folder.name(), folder.role(), uidValidity, lastUid);
  }

  /**
   * Stores new mail and moves the folder on.
   *
   * @param left how many were not taken
   */
  @Transactional
  Folder storeNew(Folder folder, List<StoredMail> batch, long lastUid, int left) {
    int moved =
        jdbc.sql(
                """
                update imap_folder set last_uid = :last
                where id = :id and last_uid = :before and uid_validity = :validity
                """)
            .param("last", lastUid)
            .param("id", folder.id())
            .param("before", folder.lastUid())
            .param("validity", folder.uidValidity())
            .update();
    if (moved != 1) {
      throw new Overtaken();
    }
    if (!batch.isEmpty()) {
      mails.insert(batch);
      accounts.mailCame(folder.accountId());
    }
    leave(folder.accountId(), left);
    return new Folder(
        folder.id(),
        folder.accountId(),
        folder.name(),
        folder.role(),
        folder.uidValidity(),
        lastUid);
  }

  /** Stores earlier mail and takes it off the list. Some of it may be gone by now. */
  @Transactional
  void storeEarlier(long accountId, Collection<Earlier> done, List<StoredMail> batch, int left) {
    int taken =
        jdbc.sql(
                """
                delete from imap_import using unnest(:folders::bigint[], :uids::bigint[]) as one (folder_id, uid)
                where imap_import.folder_id = one.folder_id and imap_import.uid = one.uid
                """)
            .param("folders", done.stream().map(Earlier::folderId).toArray(Long[]::new))
            .param("uids", done.stream().map(Earlier::uid).toArray(Long[]::new))
            .update();
    if (taken != done.size()) {
      throw new Overtaken();
    }
    if (!batch.isEmpty()) {
      mails.insert(batch);
    }
    leave(accountId, left);
  }

  private void leave(long accountId, int left) {
    if (left > 0) {
      jdbc.sql("update mail_account set left_on_server = left_on_server + :left where id = :id")
          .param("left", left)
          .param("id", accountId)
          .update();
    }
  }

  /** What came after the account was connected first, then the oldest. */
  List<Earlier> nextEarlier(long accountId, int limit) {
    return jdbc.sql(
            """
            select folder_id, uid, received_at, size, answered
            from imap_import join imap_folder on imap_folder.id = folder_id join mail_account on mail_account.id = account_id
            where account_id = :account
            order by received_at < connected_at, received_at, folder_id, uid limit :limit
            """)
        .param("account", accountId)
        .param("limit", limit)
        .query(Earlier.class)
        .list();
  }
}
