package dev.shopbell.platform.backup;

import dev.shopbell.platform.Settings;
import java.nio.file.Path;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * What an operator sets about the program's own backups, {@code SHOPBELL_BACKUP_FOLDER} and so on.
 *
 * @param folder empty for {@code backups} in the data folder
 * @param at time of the day at which one is made, {@code 02:30}, in the server's time zone; or
 *     {@code off}
 * @param keepDays of how many days the last one is kept, at least 1
 * @param keepWeeks of how many weeks the last one is kept, beyond these
 */
@ConfigurationProperties("shopbell.backup")
record BackupSettings(String folder, String at, int keepDays, int keepWeeks) {
  BackupSettings {
    if (!at.equals("off")) {
      try {
        LocalTime.parse(at);
      } catch (DateTimeParseException e) {
        throw new IllegalArgumentException(
            "SHOPBELL_BACKUP_AT must be a time of the day such as 02:30, or off.", e);
      }
    }
    if (keepDays < 1 || keepWeeks < 0) {
      throw new IllegalArgumentException(
          "SHOPBELL_BACKUP_KEEP_DAYS must be 1 or more, SHOPBELL_BACKUP_KEEP_WEEKS 0 or more.");
    }
  }

  /** Null where none is made by itself. */
  @Nullable LocalTime time() {
    return at.equals("off") ? null : LocalTime.parse(at);
  }

  Path path(Settings settings) {
    return folder.isBlank() ? settings.data().resolve("backups") : Path.of(folder);
  }

  BackupFolder folder(Settings settings) {
    return new BackupFolder(path(settings), keepDays, keepWeeks);
  }
}
