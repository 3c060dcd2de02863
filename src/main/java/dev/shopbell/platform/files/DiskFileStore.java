package dev.shopbell.platform.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Objects;

/** Files in a folder, {@code ab/cd/abcd…}. */
final class DiskFileStore implements FileStore {
  private final Path root;
  private final Incoming incoming;

  DiskFileStore(Path root) {
    this.root = root;
    this.incoming = new Incoming(root.resolve("incoming"));
  }

  @Override
  public StoredFile store(InputStream content) throws IOException {
    try (Incoming.Taken taken = incoming.take(content)) {
      sync(taken.path(), StandardOpenOption.WRITE);
      Path folder = folder(taken.hash());
      boolean known = Files.exists(folder.resolve(taken.hash()));
      Files.createDirectories(folder);
      // Also over one that is there: its time tells that somebody needs it now.
      Files.move(taken.path(), folder.resolve(taken.hash()), StandardCopyOption.ATOMIC_MOVE);
      if (!known) {
        sync(folder, StandardOpenOption.READ);
        sync(folder.resolve(".."), StandardOpenOption.READ);
        sync(root, StandardOpenOption.READ);
      }
      return new StoredFile(taken.hash(), taken.size());
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
            if (FileStore.isName(name)) {
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

  @Override
  public void removeUnfinished(Instant before) throws IOException {
    incoming.removeLeft(before);
  }

  @Override
  public void check() throws IOException {
    incoming.take(InputStream.nullInputStream()).close();
  }

  @Override
  public String toString() {
    return root.toAbsolutePath().toString();
  }

  private Path folder(String hash) {
    return Objects.requireNonNull(root.resolve(FileStore.path(hash)).getParent());
  }

  /** A renamed file survives a power cut only when its folder has been synced too. */
  private static void sync(Path path, StandardOpenOption how) throws IOException {
    try (FileChannel channel = FileChannel.open(path, how)) {
      channel.force(true);
    }
  }
}
