package dev.shopbell.platform.backup;

import dev.shopbell.platform.database.InstallationDatabase;
import dev.shopbell.platform.files.FileStore;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.IsoFields;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A folder with an archive for each backup and, beside them, {@code files}: what never changes is
 * kept there once for all of them, so that a night costs what is new. An archive alone, as the
 * command makes it, holds its files itself.
 */
final class BackupFolder {
  private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");
  private static final Pattern KEPT_BY_RULE =
      Pattern.compile("shopbell-nightly-(\\d{8}-\\d{6})\\.zip");

  private final Path folder;
  private final int keepDays;
  private final int keepWeeks;

  BackupFolder(Path folder, int keepDays, int keepWeeks) {
    this.folder = folder;
    this.keepDays = keepDays;
    this.keepWeeks = keepWeeks;
  }

  record Made(Path file, long bytes) {}

  static String programVersion() {
    String version = BackupFolder.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }

  /** One with its files beside it, after which those are removed that need not be kept. */
  Made makeNightly(
      InstallationDatabase database, FileStore files, InstallationKey key, Progress progress)
      throws IOException, SQLException {
    makePrivate(folder);
    removeUnfinished();
    FileStore beside = beside(folder);
    requireRoom(folder, database, files, beside);
    Path file = folder.resolve("shopbell-nightly-" + STAMP.format(now()) + ".zip");
    write(file, new ArchiveWriter(database, files, key, progress), beside);
    removeOld();
    return new Made(file, Files.size(file));
  }

  /**
   * One that holds everything.
   *
   * @param target a folder that is there, or the file to be made
   */
  static Made makeWhole(
      Path target,
      InstallationDatabase database,
      FileStore files,
      InstallationKey key,
      Progress progress)
      throws IOException, SQLException {
    Path file =
        Files.isDirectory(target)
            ? target.resolve("shopbell-" + STAMP.format(now()) + ".zip")
            : target;
    if (Files.exists(file)) {
      throw new BackupException(file + " is there already, and is left as it is.");
    }
    Path parent = file.toAbsolutePath().resolveSibling(".").normalize();
    if (!Files.isDirectory(parent)) {
      throw new BackupException("There is no folder " + parent + ".");
    }
    requireRoom(parent, database, files, null);
    write(file, new ArchiveWriter(database, files, key, progress), null);
    return new Made(file, Files.size(file));
  }

  /** Where the files of an archive lie that does not hold them. */
  static FileStore beside(Path folder) {
    return FileStore.in(folder.resolve("files"));
  }

  private static LocalDateTime now() {
    return LocalDateTime.ofInstant(Instant.now(), ZoneOffset.UTC);
  }

  private static void makePrivate(Path folder) {
    if (Files.isDirectory(folder)) {
      return;
    }
    try {
      Files.createDirectories(folder);
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    } catch (IOException e) {
      throw new BackupException(
          "The folder "
              + folder.toAbsolutePath()
              + " for backups cannot be made ("
              + e
              + "). Make it, so that Shopbell may write there, or name another one with"
              + " SHOPBELL_BACKUP_FOLDER.",
          e);
    }
  }

  /** Under another name until it is whole and on the disk. */
  private static void write(Path file, ArchiveWriter writer, @Nullable FileStore beside)
      throws IOException, SQLException {
    Path unfinished = file.resolveSibling(file.getFileName() + ".part");
    try {
      try (FileChannel channel =
              FileChannel.open(
                  unfinished,
                  Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                  PosixFilePermissions.asFileAttribute(
                      PosixFilePermissions.fromString("rw-------")));
          OutputStream out = Channels.newOutputStream(channel)) {
        writer.write(out, beside);
        channel.force(true);
      }
      Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
      try (FileChannel parent = FileChannel.open(file.toAbsolutePath().getParent())) {
        parent.force(true);
      }
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }

  /** Tables take less room packed than they do in the database; files hardly. */
  private static void requireRoom(
      Path folder, InstallationDatabase database, FileStore files, @Nullable FileStore beside)
      throws IOException, SQLException {
    long[] needed = new long[1];
    try (Connection connection = database.connect()) {
      needed[0] = new Schema(connection).size();
    }
    files.each(file -> needed[0] += beside != null && beside.has(file.hash()) ? 0 : file.size());
    long free = Files.getFileStore(folder).getUsableSpace();
    if (free < needed[0]) {
      throw new BackupException(
          "There is not enough room in "
              + folder
              + ": a backup may need "
              + Progress.size(needed[0])
              + ", and "
              + Progress.size(free)
              + " are free. None was made, and the earlier ones were kept. Make room, or name"
              + " another disk with SHOPBELL_BACKUP_FOLDER.");
    }
  }

  /** What a kill left. */
  private void removeUnfinished() throws IOException {
    try (DirectoryStream<Path> left =
        Files.newDirectoryStream(folder, "shopbell-nightly-*.zip.part")) {
      for (Path unfinished : left) {
        Files.delete(unfinished);
      }
    }
  }

  /** Counts days and weeks that have a backup: where none is made any more, none is removed. */
  void removeOld() throws IOException {
    List<Path> made = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "shopbell-nightly-*.zip")) {
      files.forEach(made::add);
    }
    made.sort(Comparator.comparing(Path::getFileName).reversed());
    Set<LocalDate> daysSeen = new HashSet<>();
    Set<String> weeksSeen = new HashSet<>();
    for (Path file : made) {
      Matcher stamp = KEPT_BY_RULE.matcher(file.getFileName().toString());
      if (!stamp.matches()) {
        continue;
      }
      LocalDate day = LocalDateTime.parse(stamp.group(1), STAMP).toLocalDate();
      String week =
          day.get(IsoFields.WEEK_BASED_YEAR) + "-" + day.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
      boolean lastOfDay = daysSeen.add(day) && daysSeen.size() <= keepDays;
      boolean lastOfWeek = weeksSeen.add(week) && weeksSeen.size() <= keepWeeks;
      if (!lastOfDay && !lastOfWeek) {
        Files.delete(file);
      }
    }
  }
}
