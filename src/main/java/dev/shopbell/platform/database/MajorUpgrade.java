package dev.shopbell.platform.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the embedded database over to the major version that this program brings. The programs of
 * the older one still lie in the folder: its server is started once more, its tables are carried
 * into a new database beside it, and only when that is whole the two change places. The old one is
 * kept as {@code pg-17}.
 */
final class MajorUpgrade {
  private static final Logger log = LoggerFactory.getLogger(MajorUpgrade.class);

  /** Written when the new database is whole: from then on the change of places is gone on with. */
  private static final String WHOLE = "whole";

  private final Path folder;
  private final Path programs;
  private final MoveTables tables;

  MajorUpgrade(Path folder, Path programs, MoveTables tables) {
    this.folder = folder;
    this.programs = programs;
    this.tables = tables;
  }

  /** Starts the server on the database in the folder, which is taken over first if it is older. */
  EmbeddedPostgres start() {
    try {
      changePlaces();
      return EmbeddedPostgres.start(folder, programs);
    } catch (OlderPostgres e) {
      try {
        upgrade(e);
        changePlaces();
      } catch (IOException failure) {
        throw failed(failure);
      }
      return EmbeddedPostgres.start(folder, programs);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private Path fresh() {
    return folder.resolveSibling(folder.getFileName() + ".new");
  }

  private Path kept(int major) {
    return folder.resolve("pg-" + major);
  }

  private void upgrade(OlderPostgres older) throws IOException {
    Path fresh = fresh();
    DataFolder.deleteTree(fresh);
    if (Files.exists(kept(older.major()))) {
      throw new DatabaseStartException(
          "The database in "
              + folder
              + " was made by PostgreSQL "
              + older.major()
              + " and is to be kept as "
              + kept(older.major())
              + ", which is there already, from an earlier time. Nothing was changed. Move that"
              + " folder away and start again.");
    }
    try (EmbeddedPostgres from = EmbeddedPostgres.startOlder(folder, programs, older)) {
      log.info("Taking the database over from PostgreSQL {}; this may take minutes", older.major());
      try (EmbeddedPostgres into = EmbeddedPostgres.start(fresh, programs)) {
        tables.move(
            InstallationDatabase.of(from),
            InstallationDatabase.of(into),
            fresh.resolve("tables.zip"));
      }
    } catch (RuntimeException e) {
      DataFolder.deleteTree(fresh);
      throw e instanceof DatabaseStartException known ? known : failed(e);
    }
    DataFolder.replace(fresh.resolve(WHOLE), older.major() + "\n", "rw-------");
  }

  /** Each step may be the last before a crash, and is passed over when it is done. */
  private void changePlaces() throws IOException {
    Path fresh = fresh();
    if (!Files.exists(fresh.resolve(WHOLE))) {
      return;
    }
    try (DataFolder mine = DataFolder.open(folder)) {
      Path old = kept(Integer.parseInt(Files.readString(fresh.resolve(WHOLE)).strip()));
      if (Files.exists(fresh.resolve("pg")) && !Files.exists(old)) {
        DataFolder.move(mine.pg(), old);
      }
      if (Files.exists(fresh.resolve("pg"))) {
        Files.copy(
            fresh.resolve("database.password"),
            mine.passwordFile(),
            StandardCopyOption.REPLACE_EXISTING,
            StandardCopyOption.COPY_ATTRIBUTES);
        DataFolder.move(fresh.resolve("pg"), mine.pg());
        log.info(
            "The database is taken over. The old one is kept in {}; remove it when you like", old);
      }
      // first what says that there is something to be gone on with
      Files.delete(fresh.resolve(WHOLE));
    }
    DataFolder.deleteTree(fresh);
  }

  private DatabaseStartException failed(Exception cause) {
    return new DatabaseStartException(
        "The database in "
            + folder
            + " could not be taken over to the newer PostgreSQL ("
            + cause.getMessage()
            + "). It was kept as it is. Check that the disk has room for it twice and start again; or"
            + " start the Shopbell that last used it.",
        cause);
  }
}
