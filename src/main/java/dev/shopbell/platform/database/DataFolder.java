package dev.shopbell.platform.database;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The folder that everything of the embedded database lives in. While it is open, it belongs to
 * this program alone: {@code lock} is locked by the kernel, which forgets it when the program dies.
 */
final class DataFolder implements AutoCloseable {
  /**
   * Folders open in this program. The kernel's lock is of the whole process: a second opening would
   * not only succeed, closing it would drop the lock of the first. So this one thing is static.
   */
  private static final Set<Path> OPEN_HERE = ConcurrentHashMap.newKeySet();

  private static final SecureRandom RANDOM = new SecureRandom();

  private final Path path;
  private final FileChannel lock;

  private DataFolder(Path path, FileChannel lock) {
    this.path = path;
    this.lock = lock;
  }

  /**
   * @throws DatabaseStartException if the folder is in use or cannot be written
   */
  static DataFolder open(Path folder) {
    Path path;
    try {
      if (!Files.isDirectory(folder)) {
        Path parent = folder.toAbsolutePath().getParent();
        if (parent != null) {
          Files.createDirectories(parent);
        }
        Files.createDirectory(folder);
        // as root the server runs as another user, who has to pass through, but need not look
        // around
        setMode(folder, Privileges.weAreRoot() ? "rwx--x--x" : "rwx------");
      }
      path = folder.toRealPath();
    } catch (IOException e) {
      throw cannotWrite(folder, e);
    }
    if (!OPEN_HERE.add(path)) {
      throw inUse(path, "this same program");
    }
    FileChannel channel = null;
    try {
      channel =
          FileChannel.open(
              path.resolve("lock"),
              Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      FileLock lock = channel.tryLock();
      if (lock == null) {
        throw inUse(path, "another Shopbell" + processIn(channel));
      }
      channel.truncate(0);
      channel.write(ByteBuffer.wrap(ownPid()), 0);
      return new DataFolder(path, channel);
    } catch (IOException | RuntimeException e) {
      closeQuietly(channel);
      OPEN_HERE.remove(path);
      throw e instanceof DatabaseStartException known ? known : cannotWrite(path, e);
    }
  }

  /** Whether a program, this one or another, has the folder open now. */
  static boolean isInUse(Path folder) {
    try {
      if (OPEN_HERE.contains(folder.toRealPath())) {
        return true;
      }
      try (FileChannel channel =
          FileChannel.open(folder.resolve("lock"), StandardOpenOption.WRITE)) {
        return channel.tryLock() == null;
      }
    } catch (NoSuchFileException e) {
      return false;
    } catch (IOException e) {
      throw cannotWrite(folder, e);
    }
  }

  Path path() {
    return path;
  }

  Path pg() {
    return path.resolve("pg");
  }

  Path log() {
    return path.resolve("log");
  }

  Path passwordFile() {
    return path.resolve("database.password");
  }

  Optional<String> password() throws IOException {
    try {
      String password = Files.readString(passwordFile()).strip();
      setMode(passwordFile(), "rw-------");
      return password.isEmpty() ? Optional.empty() : Optional.of(password);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** 192 random bits, of characters that need no quoting anywhere. */
  static String newPassword() {
    byte[] bytes = new byte[24];
    RANDOM.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  void keepPassword(String password) throws IOException {
    replace(passwordFile(), password + "\n", "rw-------");
  }

  /** Writes a file so that after a crash either the old or the new content is there. */
  static void replace(Path file, String content, String mode) throws IOException {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(fresh);
    try (FileChannel channel =
        FileChannel.open(
            fresh,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
      ByteBuffer bytes = ByteBuffer.wrap(content.getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    setMode(fresh, mode);
    move(fresh, file);
  }

  /** Renames, so that after a crash the rename has happened or not, but nothing between. */
  static void move(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    try (FileChannel folder = FileChannel.open(to.resolveSibling("."))) {
      folder.force(true);
    }
  }

  static void setMode(Path path, String mode) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
  }

  static boolean isEmpty(Path folder) throws IOException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      return !entries.iterator().hasNext();
    }
  }

  /** Only for what we made and never finished; follows no symbolic links. */
  static void deleteTree(Path root) throws IOException {
    if (!Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure)
              throws IOException {
            if (failure != null) {
              throw failure;
            }
            Files.delete(folder);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  @Override
  public void close() {
    closeQuietly(lock);
    OPEN_HERE.remove(path);
  }

  private static void closeQuietly(@Nullable FileChannel channel) {
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException e) {
        // the kernel has let go of the file all the same
      }
    }
  }

  private static byte[] ownPid() {
    return (ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII);
  }

  private static String processIn(FileChannel channel) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(32);
    channel.read(bytes, 0);
    String pid = new String(bytes.array(), 0, bytes.position(), StandardCharsets.US_ASCII).strip();
    return pid.isEmpty() ? "" : " (process " + pid + ")";
  }

  private static DatabaseStartException inUse(Path path, String who) {
    return new DataFolderInUse(
        "The data folder "
            + path
            + " is already in use by "
            + who
            + ". Stop it first, or give this one a folder of its own with SHOPBELL_DATA.");
  }

  private static DatabaseStartException cannotWrite(Path path, Exception cause) {
    return new DatabaseStartException(
        "The data folder "
            + path.toAbsolutePath()
            + " cannot be made or written ("
            + cause
            + "). Nothing was changed. Check who owns it and that the disk has room, or choose"
            + " another with SHOPBELL_DATA.",
        cause);
  }
}
