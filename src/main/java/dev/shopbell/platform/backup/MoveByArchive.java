package dev.shopbell.platform.backup;

import dev.shopbell.platform.Settings;
import dev.shopbell.platform.database.InstallationDatabase;
import dev.shopbell.platform.database.MoveTables;
import dev.shopbell.platform.files.FileStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.springframework.stereotype.Component;

/** By a backup without the files, which stay where they are. */
@Component
class MoveByArchive implements MoveTables {
  private final Settings settings;

  MoveByArchive(Settings settings) {
    this.settings = settings;
  }

  @Override
  public void move(InstallationDatabase from, InstallationDatabase into, Path scratch) {
    InstallationKey key = new InstallationKey(settings);
    FileStore none = FileStore.in(scratch.resolveSibling("no files"));
    try {
      BackupFolder.makeWhole(scratch, from, none, key, Progress.untold());
      try (InputStream archive = Files.newInputStream(scratch)) {
        new ArchiveReader(into, none, key, Progress.untold()).read(archive, none);
      }
      Files.delete(scratch);
    } catch (IOException | SQLException e) {
      throw new BackupException(String.valueOf(e.getMessage()), e);
    }
  }
}
