package dev.shopbell.platform.backup;

import dev.shopbell.platform.database.InstallationDatabase;
import dev.shopbell.platform.files.FileStore;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads an archive into an empty database: makes the tables as they were by the same migrations,
 * loads them in one transaction, and compares counts and checksums. A schema of its own stands in
 * the database meanwhile, and no program starts on it: what a kill leaves half done never passes
 * for whole. What fails otherwise leaves the database as empty as it was.
 */
final class ArchiveReader {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .build();
  private static final int MOST_JSON = 64 << 20;
  private static final int MOST_MISSING_TOLD = 5;

  private final InstallationDatabase database;
  private final FileStore files;
  private final InstallationKey key;
  private final Progress progress;
  private final Map<String, ArchiveEnd.Part> found = new LinkedHashMap<>();
  private @Nullable String secret;

  ArchiveReader(
      InstallationDatabase database, FileStore files, InstallationKey key, Progress progress) {
    this.database = database;
    this.files = files;
    this.key = key;
    this.progress = progress;
  }

  /**
   * @param beside where files lie that are not in the archive
   * @throws BackupException if it cannot be restored; the database is empty then, or as it was
   */
  void read(InputStream in, FileStore beside) throws SQLException, IOException {
    try {
      readWhole(in, beside);
    } catch (EOFException | ZipException e) {
      throw damaged("it cannot be read to its end", e);
    } catch (SQLException e) {
      // what a column does not take, or what a key forbids
      String state = String.valueOf(e.getSQLState());
      if (state.startsWith("22") || state.startsWith("23")) {
        throw damaged("the database refuses a row of it: " + e.getMessage(), e);
      }
      throw e;
    }
  }

  private void readWhole(InputStream in, FileStore beside) throws SQLException, IOException {
    ZipInputStream zip = new ZipInputStream(new BufferedInputStream(in, 1 << 16));
    ArchiveHead head = head(zip);
    requireKey(head);
    try (Connection connection = database.connect()) {
      InstallationDatabase.requireSupported(connection);
      Schema schema = new Schema(connection);
      requireEmpty(connection, schema);
      Flyway flyway = migrationsOf(head);
      if (!InstallationDatabase.isUnfinished(connection)) {
        schema.run("create schema " + InstallationDatabase.UNFINISHED);
      }
      try {
        progress.say("Making the tables as of " + head.migrations().getLast().version());
        flyway.migrate();
        connection.setAutoCommit(false);
        load(zip, head, connection, beside);
        finish(connection, schema);
      } catch (IOException | SQLException | RuntimeException e) {
        undo(connection, schema, e);
        throw e;
      }
    }
  }

  private static ArchiveHead head(ZipInputStream zip) throws IOException {
    ZipEntry first = zip.getNextEntry();
    if (first == null || !first.getName().equals(ArchiveHead.ENTRY)) {
      throw new BackupException("This is no backup of Shopbell. Nothing was changed.");
    }
    ArchiveHead head = json(zip, ArchiveHead.class);
    if (head.format() != ArchiveHead.FORMAT) {
      throw new BackupException(
          "This backup was made by a newer Shopbell ("
              + head.program()
              + "). Restore it with that one or a newer one. Nothing was changed.");
    }
    if (head.migrations().isEmpty()
        || !head.migrations().getLast().version().matches("[0-9]{1,9}")) {
      throw damaged("it does not say what made its tables", null);
    }
    return head;
  }

  private void requireKey(ArchiveHead head) throws IOException {
    String here = key.read();
    if (here != null && !InstallationKey.check(here).equals(head.keyCheck())) {
      throw new BackupException(
          key.inEnvironment()
              ? "SHOPBELL_SECRET_KEY is set, but is not the key that this backup belongs to. Set"
                  + " that one, or none if the key is in the backup. Nothing was changed."
              : key.file()
                  + " is not the key that this backup belongs to. Restore into an empty data"
                  + " folder, or move that file away if nothing needs it. Nothing was changed.");
    }
    if (here == null && !head.keyInside()) {
      throw new BackupException(
          "This backup was made where SHOPBELL_SECRET_KEY was set, and does not hold that key. Set"
              + " the same and restore again. Nothing was changed.");
    }
  }

  /** Those of the archive, which have to be those that this program would run. */
  private Flyway migrationsOf(ArchiveHead head) {
    String last = head.migrations().getLast().version();
    Flyway flyway = Flyway.configure().dataSource(database.dataSource()).target(last).load();
    Map<String, @Nullable Integer> ours = new HashMap<>();
    for (MigrationInfo migration : flyway.info().all()) {
      if (migration.getVersion() != null && migration.getState() != MigrationState.ABOVE_TARGET) {
        ours.put(migration.getVersion().getVersion(), migration.getChecksum());
      }
    }
    Map<String, @Nullable Integer> theirs = new HashMap<>();
    head.migrations().forEach(migration -> theirs.put(migration.version(), migration.checksum()));
    if (!ours.equals(theirs)) {
      throw new BackupException(
          "The tables of this backup, as of "
              + last
              + ", are not those that this version of Shopbell knows: it was made by "
              + head.program()
              + ", which is newer or was changed by hand. Restore it with that version or a newer"
              + " one. Nothing was changed.");
    }
    return flyway;
  }

  private void requireEmpty(Connection connection, Schema schema) throws SQLException {
    if (InstallationDatabase.isUnfinished(connection)) {
      progress.say("Clearing away what an unfinished restore left");
      schema.clear();
    } else if (!schema.isEmpty()) {
      throw new BackupException(
          "The database to restore into is not empty, and Shopbell never wipes one. Name an empty"
              + " one with SHOPBELL_DATABASE_URL; or, for the embedded one, name an empty data"
              + " folder with SHOPBELL_DATA, or move the folder postgres out of this one. Nothing"
              + " was changed.");
    }
  }

  private void load(ZipInputStream zip, ArchiveHead head, Connection connection, FileStore beside)
      throws IOException, SQLException {
    Schema schema = new Schema(connection);
    Map<String, Schema.Source> known = new LinkedHashMap<>();
    schema.sources().forEach(source -> known.put(source.table().name(), source));
    Set<String> sequences = new LinkedHashSet<>();
    schema.sequences().forEach(sequence -> sequences.add(sequence.name()));
    List<String> again = schema.withoutKeys();
    // what the migrations themselves put in
    schema.run("truncate " + Schema.list(List.copyOf(known.keySet())));
    CopyManager copies = connection.unwrap(PGConnection.class).getCopyAPI();
    progress.say("Reading the tables");
    ArchiveEnd end = null;
    for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
      String name = entry.getName();
      progress.step(name);
      if (name.equals(ArchiveEnd.ENTRY)) {
        end = json(zip, ArchiveEnd.class);
        break;
      } else if (name.startsWith(ArchiveHead.FILES)) {
        takeFile(zip, name.substring(ArchiveHead.FILES.length()));
      } else {
        ArchivePart part = new ArchivePart(zip, progress);
        long rows =
            switch (name) {
              case ArchiveHead.KEY_ENTRY -> takeKey(part, head);
              case ArchiveHead.FILE_LIST -> takeFileList(part, beside);
              default -> takeTable(part, table(name, head), known, copies);
            };
        part.readOn();
        if (found.put(name, part.read(name, rows)) != null) {
          throw damaged(name + " is in it twice", null);
        }
      }
    }
    if (end == null) {
      throw damaged("its end is missing", null);
    }
    requireWhole(head, end);
    progress.say("Making the indexes and keys");
    for (String sql : again) {
      schema.run(sql);
    }
    for (ArchiveEnd.Sequence sequence : end.sequences()) {
      if (sequences.contains(sequence.name())) {
        schema.set(sequence);
      }
    }
  }

  private static ArchiveHead.Table table(String entry, ArchiveHead head) {
    return head.tables().stream()
        .filter(table -> entry.equals(ArchiveHead.TABLES + table.name()))
        .findFirst()
        .orElseThrow(() -> damaged("it holds something that no backup holds", null));
  }

  private long takeTable(
      ArchivePart part,
      ArchiveHead.Table table,
      Map<String, Schema.Source> known,
      CopyManager copies)
      throws IOException, SQLException {
    Schema.Source source = known.get(table.name());
    if (source == null) {
      progress.say("Leaving out the table " + table.name() + ", which is not Shopbell's");
      return part.lines();
    }
    if (!Set.copyOf(source.table().columns()).equals(Set.copyOf(table.columns()))) {
      throw damaged("the columns of " + table.name() + " are not those of its version", null);
    }
    // Nobody can look at a table that was emptied in this transaction, so it may be frozen at once.
    return copies.copyIn(
        "copy %s (%s) from stdin with (freeze)"
            .formatted(Schema.quoted(table.name()), Schema.list(table.columns())),
        part,
        1 << 16);
  }

  private long takeKey(ArchivePart part, ArchiveHead head) throws IOException {
    String inside = new String(part.readNBytes(10_000), StandardCharsets.UTF_8);
    if (!InstallationKey.check(inside).equals(head.keyCheck())) {
      throw damaged("its secret key is not the one it names", null);
    }
    secret = inside;
    return 0;
  }

  private void takeFile(ZipInputStream zip, String hash) throws IOException {
    if (!hash.matches("[0-9a-f]{64}")) {
      throw damaged("it holds something that no backup holds", null);
    }
    if (!files.has(hash) && !files.store(new ArchivePart(zip, progress)).hash().equals(hash)) {
      throw damaged("the file " + hash + " does not hold what its name says", null);
    }
  }

  /** All that are listed have to be here: from the archive, from before, or from beside it. */
  private long takeFileList(ArchivePart part, FileStore beside) throws IOException {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(part, StandardCharsets.US_ASCII));
    long missing = 0;
    StringBuilder told = new StringBuilder();
    for (String hash = lines.readLine(); hash != null; hash = lines.readLine()) {
      if (!hash.matches("[0-9a-f]{64}")) {
        throw damaged("its list of files cannot be read", null);
      }
      if (!files.has(hash) && !fetched(hash, beside) && missing++ < MOST_MISSING_TOLD) {
        told.append("\n  ").append(hash);
      }
    }
    if (missing > 0) {
      throw new BackupException(
          missing
              + (missing == 1 ? " file of this backup is" : " files of this backup are")
              + " neither in it nor whole in the folder “files” beside it. A nightly backup needs"
              + " that folder: restore it from where it was made, or copy both. Nothing was"
              + " restored. Missing are:"
              + told);
    }
    return 0;
  }

  private boolean fetched(String hash, FileStore beside) throws IOException {
    try (InputStream content = beside.open(hash)) {
      return files.store(content).hash().equals(hash);
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  private void requireWhole(ArchiveHead head, ArchiveEnd end) {
    for (ArchiveEnd.Part part : end.parts()) {
      ArchiveEnd.Part here = found.get(part.name());
      if (!part.equals(here)) {
        throw damaged(part.name() + " is not what was written", null);
      }
    }
    for (ArchiveHead.Table table : head.tables()) {
      if (!found.containsKey(ArchiveHead.TABLES + table.name())) {
        throw damaged("the table " + table.name() + " is missing", null);
      }
    }
    if (found.size() != end.parts().size() || !found.containsKey(ArchiveHead.FILE_LIST)) {
      throw damaged("its parts are not those that were written", null);
    }
    if (head.keyInside() && secret == null) {
      throw damaged("its secret key is missing", null);
    }
  }

  /** From the moment that this commits, a program may start here. */
  private void finish(Connection connection, Schema schema) throws SQLException, IOException {
    if (secret != null && key.read() == null) {
      key.keep(secret);
    }
    schema.run("drop schema " + InstallationDatabase.UNFINISHED);
    connection.commit();
    connection.setAutoCommit(true);
    schema.run("analyze");
  }

  private void undo(Connection connection, Schema schema, Exception cause) {
    try {
      if (!connection.getAutoCommit()) {
        connection.rollback();
        connection.setAutoCommit(true);
      }
      if (InstallationDatabase.isUnfinished(connection)) {
        schema.clear();
        schema.run("drop schema " + InstallationDatabase.UNFINISHED);
      }
    } catch (SQLException e) {
      cause.addSuppressed(e);
    }
  }

  private static <T> T json(ZipInputStream zip, Class<T> type) throws IOException {
    try {
      return JSON.readValue(zip.readNBytes(MOST_JSON), type);
    } catch (JacksonException e) {
      throw damaged("it cannot be read", e);
    }
  }

  static BackupException damaged(String how, @Nullable Throwable cause) {
    return new BackupException(
        "This backup is damaged, cut or was changed ("
            + how
            + "). Nothing was restored. Take another copy of it, or an earlier backup.",
        cause);
  }
}
