package dev.shopbell.platform.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;

/**
 * A folder on the disk where content waits until all of it is there and its name is known. No more
 * than 64 kB of it are in memory.
 */
final class Incoming {
  private static final int BUFFER = 64 * 1024;

  private final Path folder;

  Incoming(Path folder) {
    this.folder = folder;
  }

  /** Gone when it is closed, unless somebody has moved it. */
  record Taken(Path path, String hash, long size) implements AutoCloseable {
    @Override
    public void close() throws IOException {
      Files.deleteIfExists(path);
    }
  }

  /** Reads the stream to its end, and does not close it. */
  Taken take(InputStream content) throws IOException {
    Files.createDirectories(folder);
    Path made = folder.resolve(UUID.randomUUID().toString());
    try (OutputStream out = Files.newOutputStream(made, StandardOpenOption.CREATE_NEW)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      long size = 0;
      byte[] buffer = new byte[BUFFER];
      for (int n = content.read(buffer); n >= 0; n = content.read(buffer)) {
        digest.update(buffer, 0, n);
        out.write(buffer, 0, n);
        size += n;
      }
      return new Taken(made, HexFormat.of().formatHex(digest.digest()), size);
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(made);
      throw e;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What a kill left. */
  void removeLeft(Instant before) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (DirectoryStream<Path> left = Files.newDirectoryStream(folder)) {
      for (Path one : left) {
        if (Files.getLastModifiedTime(one).toInstant().isBefore(before)) {
          Files.deleteIfExists(one);
        }
      }
    }
  }
}
