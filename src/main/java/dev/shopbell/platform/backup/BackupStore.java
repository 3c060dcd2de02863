package dev.shopbell.platform.backup;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class BackupStore {
  private static final int KEPT = 100;

  private final JdbcClient jdbc;

  BackupStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Until the transaction ends, nobody else asks for one. */
  void lock() {
    jdbc.sql("select pg_advisory_xact_lock(hashtext('backup'))").query(row -> {});
  }

  Backup add(@Nullable Long askedBy, Instant at) {
    long id =
        jdbc.sql("insert into backup (asked_by, asked_at) values (?, ?) returning id")
            .param(askedBy)
            .param(at.atOffset(ZoneOffset.UTC))
            .query(Long.class)
            .single();
    return new Backup(id, askedBy, at, null, null, null, null);
  }

  Optional<Backup> open() {
    return jdbc.sql("select * from backup where finished_at is null order by id limit 1")
        .query((row, n) -> read(row))
        .optional();
  }

  Optional<Backup> find(long id) {
    return jdbc.sql("select * from backup where id = ?")
        .param(id)
        .query((row, n) -> read(row))
        .optional();
  }

  List<Backup> newest(int limit) {
    return jdbc.sql("select * from backup order by id desc limit ?")
        .param(limit)
        .query((row, n) -> read(row))
        .list();
  }

  void made(long id, String file, long bytes, Instant at) {
    jdbc.sql("update backup set finished_at = ?, file = ?, bytes = ? where id = ?")
        .param(at.atOffset(ZoneOffset.UTC))
        .param(file)
        .param(bytes)
        .param(id)
        .update();
    forget(id);
  }

  void failed(long id, String problem, Instant at) {
    jdbc.sql("update backup set finished_at = ?, problem = ? where id = ?")
        .param(at.atOffset(ZoneOffset.UTC))
        .param(problem)
        .param(id)
        .update();
    forget(id);
  }

  private void forget(long newest) {
    jdbc.sql("delete from backup where id < ?").param(newest - KEPT).update();
  }

  /** When a nightly one was last asked for; before the first, when these tables were made. */
  Instant lastNight() {
    return jdbc.sql(
            """
            select coalesce(
              (select max(asked_at) from backup where asked_by is null),
              (select min(installed_on)::timestamptz from flyway_schema_history))
            """)
        .query((row, n) -> row.getTimestamp(1).toInstant())
        .single();
  }

  /** When the last good one was made. */
  Optional<Instant> lastGood() {
    return jdbc.sql(
            "select finished_at from backup where finished_at is not null and problem is null"
                + " order by id desc limit 1")
        .query((row, n) -> row.getTimestamp(1).toInstant())
        .optional();
  }

  private static Backup read(ResultSet row) throws SQLException {
    long askedBy = row.getLong("asked_by");
    boolean nobody = row.wasNull();
    long bytes = row.getLong("bytes");
    boolean nothing = row.wasNull();
    return new Backup(
        row.getLong("id"),
        nobody ? null : askedBy,
        row.getTimestamp("asked_at").toInstant(),
        instant(row.getTimestamp("finished_at")),
        row.getString("file"),
        nothing ? null : bytes,
        row.getString("problem"));
  }

  private static @Nullable Instant instant(@Nullable Timestamp at) {
    return at == null ? null : at.toInstant();
  }
}
