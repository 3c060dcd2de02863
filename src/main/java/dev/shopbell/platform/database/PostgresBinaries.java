package dev.shopbell.platform.database;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tukaani.xz.XZInputStream;

/**
 * PostgreSQL's programs, unpacked from the archive on the classpath into {@code
 * postgres-<version>}. Many programs may share one such folder: each unpacks beside it and renames,
 * and the first rename wins.
 */
final class PostgresBinaries {
  private static final Logger log = LoggerFactory.getLogger(PostgresBinaries.class);
  private static final Pattern VERSION_IN_JAR_NAME = Pattern.compile("-(\\d+(?:\\.\\d+)+)\\.jar");

  /**
   * Written last. What it says is compared with what is there, because a power cut may lose files.
   */
  private static final String STAMP = "complete";

  private final Path folder;

  private PostgresBinaries(Path folder) {
    this.folder = folder;
  }

  /**
   * @param parent the folder that gets, or has, {@code postgres-<version>}
   * @throws DatabaseStartException if there are no binaries for this machine or no room for them
   */
  static PostgresBinaries unpackedIn(Path parent) {
    String resource = archiveFor(System.getProperty("os.name"), System.getProperty("os.arch"));
    URL archive = resource == null ? null : PostgresBinaries.class.getResource(resource);
    if (archive == null) {
      throw new DatabaseStartException(
          "Shopbell brings no PostgreSQL for this machine ("
              + System.getProperty("os.name")
              + ", "
              + System.getProperty("os.arch")
              + "). Install PostgreSQL 16 or later and set SHOPBELL_DATABASE_URL, for example"
              + " postgresql://user:password@localhost:5432/shopbell.");
    }
    return unpackedIn(parent, archive);
  }

  /** From another archive than the one on the classpath. */
  static PostgresBinaries unpackedIn(Path parent, URL archive) {
    Path target = parent;
    try {
      Files.createDirectories(parent);
      target = parent.toRealPath().resolve("postgres-" + version(archive));
      if (!isComplete(target)) {
        unpackAlone(archive, target);
      }
      return new PostgresBinaries(target);
    } catch (IOException e) {
      throw new DatabaseStartException(
          "PostgreSQL could not be unpacked into "
              + target
              + " ("
              + e
              + "). No data was touched. It needs 60 MB of room on a disk that may be written.",
          e);
    }
  }

  /** Those of an older major version, which an earlier program unpacked there. */
  static Optional<PostgresBinaries> left(Path parent, int major) {
    try (DirectoryStream<Path> folders =
        Files.newDirectoryStream(parent.toRealPath(), "postgres-" + major + ".*")) {
      for (Path folder : folders) {
        if (Files.isDirectory(folder) && isComplete(folder)) {
          return Optional.of(new PostgresBinaries(folder));
        }
      }
      return Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  Path folder() {
    return folder;
  }

  Path program(String name) {
    return folder.resolve("bin").resolve(name);
  }

  /**
   * Null where there can be none. The names are those of the artefacts of io.zonky.test.postgres.
   */
  static @Nullable String archiveFor(String system, String architecture) {
    String machine =
        switch (architecture.toLowerCase(Locale.ROOT)) {
          case "amd64", "x86_64" -> "x86_64";
          case "aarch64", "arm64" -> "arm_64";
          default -> null;
        };
    if (!system.equals("Linux") || machine == null) {
      return null;
    }
    boolean alpine = Files.exists(Path.of("/etc/alpine-release"));
    return "/postgres-linux-" + machine + (alpine ? "-alpine_linux" : "") + ".txz";
  }

  private static String version(URL archive) {
    Matcher inJarName = VERSION_IN_JAR_NAME.matcher(archive.toString());
    String version = "unversioned";
    while (inJarName.find()) {
      version = inJarName.group(1);
    }
    return version;
  }

  /** One at a time: threads by the monitor, programs by a lock that ends with its program. */
  private static synchronized void unpackAlone(URL archive, Path target) throws IOException {
    try (FileChannel lock =
        FileChannel.open(
            target.resolveSibling(target.getFileName() + ".lock"),
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE)) {
      lock.lock();
      if (isComplete(target)) {
        return; // another was quicker
      }
      removeUnfinished(target);
      unpack(archive, target);
    }
  }

  private static void unpack(URL archive, Path target) throws IOException {
    log.info("Unpacking PostgreSQL into {}, this once", target);
    Path fresh = Files.createTempDirectory(target.getParent(), target.getFileName() + ".new-");
    try {
      extract(archive, fresh);
      makeReadable(fresh);
      Files.writeString(fresh.resolve(STAMP), contentOf(fresh));
      if (Files.exists(target)) {
        // incomplete; a server that runs from it keeps the files it has open
        Path old = Files.createTempDirectory(target.getParent(), target.getFileName() + ".old-");
        Files.move(target, old.resolve("postgres"));
        DataFolder.deleteTree(old);
      }
      DataFolder.move(fresh, target);
    } finally {
      DataFolder.deleteTree(fresh);
    }
  }

  private static void extract(URL archive, Path into) throws IOException {
    try (InputStream packed = new BufferedInputStream(archive.openStream());
        TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(packed))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        Path path = into.resolve(entry.getName()).normalize();
        if (!path.startsWith(into)) {
          throw new IOException("The archive reaches out of its folder: " + entry.getName());
        }
        if (entry.isDirectory()) {
          Files.createDirectories(path);
          continue;
        }
        Files.createDirectories(path.resolveSibling("."));
        if (entry.isSymbolicLink()) {
          Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
        } else if (entry.isLink()) {
          Files.createLink(path, into.resolve(entry.getLinkName()).normalize());
        } else {
          Files.copy(tar, path);
          Files.setPosixFilePermissions(path, mode((entry.getMode() & 0100) != 0));
          try (FileChannel file = FileChannel.open(path, StandardOpenOption.WRITE)) {
            file.force(false);
          }
        }
      }
    }
  }

  /** The user of the server has to read them, whatever the umask. */
  private static void makeReadable(Path root) throws IOException {
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
              throws IOException {
            Files.setPosixFilePermissions(folder, mode(true));
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private static Set<PosixFilePermission> mode(boolean executable) {
    Set<PosixFilePermission> mode =
        EnumSet.of(
            PosixFilePermission.OWNER_READ,
            PosixFilePermission.OWNER_WRITE,
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.OTHERS_READ);
    if (executable) {
      mode.add(PosixFilePermission.OWNER_EXECUTE);
      mode.add(PosixFilePermission.GROUP_EXECUTE);
      mode.add(PosixFilePermission.OTHERS_EXECUTE);
    }
    return mode;
  }

  private static boolean isComplete(Path folder) throws IOException {
    try {
      return Files.readString(folder.resolve(STAMP)).equals(contentOf(folder));
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  private static String contentOf(Path root) throws IOException {
    long[] filesAndBytes = new long[2];
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (!file.equals(root.resolve(STAMP))) {
              filesAndBytes[0]++;
              filesAndBytes[1] += attributes.size();
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return filesAndBytes[0] + " files, " + filesAndBytes[1] + " bytes\n";
  }

  private static void removeUnfinished(Path target) throws IOException {
    try (DirectoryStream<Path> left =
        Files.newDirectoryStream(target.getParent(), target.getFileName() + ".{new,old}-*")) {
      for (Path folder : left) {
        DataFolder.deleteTree(folder);
      }
    }
  }
}
