package dev.shopbell.platform.backup;

import dev.shopbell.platform.Settings;
import dev.shopbell.platform.database.InstallationDatabase;
import dev.shopbell.platform.files.FileStore;
import dev.shopbell.platform.tasks.Task;
import java.io.IOException;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.stereotype.Component;

/** Makes one that was asked for. A node that dies over it leaves it to another. */
@Component
class MakeBackup implements Task {
  private static final Logger log = LoggerFactory.getLogger(MakeBackup.class);

  private final Backups backups;
  private final FileStore files;
  private final JdbcConnectionDetails database;
  private final Settings settings;
  private final BackupSettings backupSettings;

  MakeBackup(
      Backups backups,
      FileStore files,
      JdbcConnectionDetails database,
      Settings settings,
      BackupSettings backupSettings) {
    this.backups = backups;
    this.files = files;
    this.database = database;
    this.settings = settings;
    this.backupSettings = backupSettings;
  }

  @Override
  public Done run(long id) {
    backups.open(id).ifPresent(this::make);
    return new Done.Finished();
  }

  private void make(Backup asked) {
    try (InstallationDatabase source = InstallationDatabase.of(database)) {
      backups.made(
          asked,
          backupSettings
              .folder(settings)
              .makeNightly(source, files, new InstallationKey(settings), Progress.untold()));
    } catch (BackupException e) {
      failed(asked, String.valueOf(e.getMessage()));
    } catch (IOException | SQLException e) {
      if (Thread.currentThread().isInterrupted()) {
        throw new IllegalStateException("The program ends; the backup is made anew later.", e);
      }
      failed(asked, "The backup failed: " + e);
    }
  }

  private void failed(Backup asked, String problem) {
    log.error("No backup was made. {}", problem);
    backups.failed(asked, problem);
  }
}
