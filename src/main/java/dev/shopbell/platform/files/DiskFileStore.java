package dev.shopbell.platform.files;

import dev.shopbell.platform.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/** Files in the data folder, {@code files/ab/cd/abcd…}. */
@Component
class DiskFileStore implements FileStore {
  private static final int BUFFER = 64 * 1024;
  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

  private final Path root;

  DiskFileStore(Settings settings) {
    this.root = settings.data().resolve("files");
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
      if (!Files.exists(folder.resolve(hash))) {
        Files.createDirectories(folder);
        Files.move(made, folder.resolve(hash), StandardCopyOption.ATOMIC_MOVE);
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
