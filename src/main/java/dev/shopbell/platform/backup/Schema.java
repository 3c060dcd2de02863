package dev.shopbell.platform.backup;

import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Tables, keys and sequences, as the database's own catalog tells of them. */
final class Schema {
  static final String HISTORY = "flyway_schema_history";

  private static final String OURS =
      " = (select oid from pg_namespace where nspname = current_schema())";

  /** Where a row of {@code consumer} stands once all facts bear the same transaction id. */
  private static final String POSITION =
      """
      coalesce(
        (select min(fact.id) - 1 from fact where (fact.xid, fact.id) > (consumer.xid, consumer.id)),
        (select max(fact.id) from fact), 0)\
      """;

  private final Connection connection;

  Schema(Connection connection) {
    this.connection = connection;
  }

  /**
   * @param expressions what is read for each column
   */
  record Source(ArchiveHead.Table table, List<String> expressions) {
    /** The statement that writes it out. */
    String copy() {
      return "copy (select "
          + String.join(", ", expressions)
          + " from "
          + quoted(table.name())
          + ") to stdout";
    }
  }

  /**
   * What has to be kept: no cache (unlogged), no column that the database computes, no transaction
   * id, which means nothing in another server. Among facts of one id their number decides.
   */
  List<Source> sources() throws SQLException {
    String sql =
        """
        select c.relname as name, a.attname as column, format_type(a.atttypid, a.atttypmod) = 'xid8' as moment
        from pg_class c join pg_attribute a on a.attrelid = c.oid
        where c.relnamespace%s and c.relkind = 'r' and c.relpersistence = 'p' and c.relname <> '%s'
          and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
        order by c.relname, a.attnum
        """
            .formatted(OURS, HISTORY);
    Map<String, Source> sources = new LinkedHashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        String name = rows.getString("name");
        String column = rows.getString("column");
        Source source =
            sources.computeIfAbsent(
                name,
                any ->
                    new Source(new ArchiveHead.Table(any, new ArrayList<>()), new ArrayList<>()));
        source.table().columns().add(column);
        source
            .expressions()
            .add(
                rows.getBoolean("moment")
                    ? "'1'"
                    : name.equals("consumer") && column.equals("id") ? POSITION : quoted(column));
      }
    }
    return List.copyOf(sources.values());
  }

  List<ArchiveHead.Migration> migrations() throws SQLException {
    if (!asks("select to_regclass('%s') is not null".formatted(HISTORY))) {
      return List.of();
    }
    List<ArchiveHead.Migration> migrations = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select version, checksum from "
                    + HISTORY
                    + " where success and version is not null order by installed_rank")) {
      while (rows.next()) {
        int checksum = rows.getInt("checksum");
        migrations.add(
            new ArchiveHead.Migration(rows.getString("version"), rows.wasNull() ? null : checksum));
      }
    }
    return migrations;
  }

  List<ArchiveEnd.Sequence> sequences() throws SQLException {
    List<ArchiveEnd.Sequence> sequences = new ArrayList<>();
    for (String name : names("relkind = 'S'")) {
      try (Statement statement = connection.createStatement();
          ResultSet row =
              statement.executeQuery("select last_value, is_called from " + quoted(name))) {
        row.next();
        sequences.add(new ArchiveEnd.Sequence(name, row.getLong(1), row.getBoolean(2)));
      }
    }
    return sequences;
  }

  void set(ArchiveEnd.Sequence sequence) throws SQLException {
    run(
        "select setval('%s', %d, %s)"
            .formatted(
                quoted(sequence.name()).replace("'", "''"), sequence.last(), sequence.called()));
  }

  /** Of the tables that are kept, in bytes on the disk, indexes left aside. */
  long size() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select coalesce(sum(pg_table_size(oid)), 0) from pg_class where relkind = 'r'"
                    + " and relpersistence = 'p' and relnamespace"
                    + OURS)) {
      row.next();
      return row.getLong(1);
    }
  }

  /** Whether nobody has made anything here; what belongs to an extension does not count. */
  boolean isEmpty() throws SQLException {
    return names("relkind in ('r', 'p', 'v', 'm', 'S', 'f')").isEmpty();
  }

  /**
   * Takes away what slows loading down or forbids it: foreign keys and indexes that no key needs.
   *
   * @return the statements that make them again
   */
  List<String> withoutKeys() throws SQLException {
    List<String> again = new ArrayList<>();
    List<String> away = new ArrayList<>();
    String indexes =
        """
        select pg_get_indexdef(i.indexrelid), format('drop index %%I', c.relname)
        from pg_index i join pg_class c on c.oid = i.indexrelid
        where c.relnamespace%s and c.relkind = 'i'
          and not exists (select from pg_constraint where conindid = i.indexrelid)
        order by c.relname
        """
            .formatted(OURS);
    String keys =
        """
        select format('alter table %%s add constraint %%I %%s', conrelid::regclass, conname, pg_get_constraintdef(oid)),
          format('alter table %%s drop constraint %%I', conrelid::regclass, conname)
        from pg_constraint where contype = 'f' and connamespace%s order by conname
        """
            .formatted(OURS);
    for (String sql : List.of(indexes, keys)) {
      try (Statement statement = connection.createStatement();
          ResultSet rows = statement.executeQuery(sql)) {
        while (rows.next()) {
          again.add(rows.getString(1));
          away.add(rows.getString(2));
        }
      }
    }
    for (String sql : away) {
      run(sql);
    }
    return again;
  }

  /** Everything. Only for a schema that was empty when we began to fill it. */
  void clear() throws SQLException {
    List<String> tables = names("relkind = 'r'");
    if (!tables.isEmpty()) {
      run("drop table " + list(tables) + " cascade");
    }
    List<String> sequences = names("relkind = 'S'");
    if (!sequences.isEmpty()) {
      run("drop sequence " + list(sequences) + " cascade");
    }
  }

  void run(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private boolean asks(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getBoolean(1);
    }
  }

  private List<String> names(String condition) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select array_agg(relname::text order by relname) from pg_class where "
                    + condition
                    + " and not exists (select from pg_depend where objid = pg_class.oid and"
                    + " deptype = 'e') and relnamespace"
                    + OURS)) {
      row.next();
      Array names = row.getArray(1);
      return names == null ? List.of() : List.of((String[]) names.getArray());
    }
  }

  static String list(List<String> names) {
    return String.join(", ", names.stream().map(Schema::quoted).toList());
  }

  static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }
}
