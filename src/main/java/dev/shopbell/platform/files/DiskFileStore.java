package dev.shopbell.platform.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;
import java.util.regex.Pattern;

/** Files in a folder, {@code ab/cd/abcd…}. */
final class DiskFileStore implements FileStore {
  private static final int BUFFER = 64 * 1024;
  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

  private final Path root;

  DiskFileStore(Path root) {
    this.root = root;
  }

  @Override
  public StoredFile store(InputStream content) throws IOException {
    Path incoming = root.resolve("incoming");
    Files.createDirectories(incoming);
    Path made = incoming.resolve(UUID.randomUUID().toString());
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      long size = 0;
      try (FileChannel out =
          FileChannel.open(made, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        byte[] buffer = new byte[BUFFER];
        for (int n = content.read(buffer); n >= 0; n = content.read(buffer)) {
          digest.update(buffer, 0, n);
          ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, n);
          while (bytes.hasRemaining()) {
            out.write(bytes);
          }
          size += n;
        }
        out.force(true);
      }
      String hash = HexFormat.of().formatHex(digest.digest());
      Path folder = folder(hash);
      boolean known = Files.exists(folder.resolve(hash));
      Files.createDirectories(folder);
      // Also over one that is there: its time tells that somebody needs it now.
      Files.move(made, folder.resolve(hash), StandardCopyOption.ATOMIC_MOVE);
      if (!known) {
        sync(folder);
        sync(root.resolve(hash.substring(0, 2)));
        sync(root);
      }
      return new StoredFile(hash, size);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    } finally {
      Files.deleteIfExists(made);
    }
  }

  @Override
  public InputStream open(String hash) throws IOException {
    return Files.newInputStream(folder(hash).resolve(hash));
  }

  @Override
  public boolean has(String hash) {
    return Files.exists(folder(hash).resolve(hash));
  }

  @Override
  public void each(Visitor visitor) throws IOException {
    if (!Files.isDirectory(root)) {
      return;
    }
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            String name = file.getFileName().toString();
            if (HASH.matcher(name).matches()) {
              visitor.visit(new StoredFile(name, attributes.size()));
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException failure)
              throws IOException {
            // what was on its way in when we looked
            if (failure instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw failure;
          }
        });
  }

  @Override
  public boolean delete(String hash, Instant storedBefore) throws IOException {
    Path file = folder(hash).resolve(hash);
    try {
      if (!Files.getLastModifiedTime(file).toInstant().isBefore(storedBefore)) {
        return false;
      }
      Files.delete(file);
    } catch (NoSuchFileException e) {
      return true;
    }
    return true;
  }

  private Path folder(String hash) {
    if (!HASH.matcher(hash).matches()) {
      throw new IllegalArgumentException("Not the name of a stored file.");
    }
    return root.resolve(hash.substring(0, 2)).resolve(hash.substring(2, 4));
  }

  /** A renamed file survives a power cut only when its folder has been synced too. */
  private static void sync(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
