package dev.shopbell.platform.backup;

import dev.shopbell.platform.SecretKey;
import dev.shopbell.platform.Settings;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where the installation's secret lies: in the environment, or in the data folder. */
final class InstallationKey {
  private final Path file;
  private final String environment;

  InstallationKey(Settings settings) {
    this.file = settings.data().resolve("secret.key");
    this.environment = settings.secretKey();
  }

  boolean inEnvironment() {
    return !environment.isEmpty();
  }

  Path file() {
    return file;
  }

  /** Null where there is none yet. */
  @Nullable String read() throws IOException {
    if (inEnvironment()) {
      return environment;
    }
    return Files.exists(file) ? Files.readString(file).strip() : null;
  }

  /** Tells keys apart, without telling anything of them. */
  static String check(String key) {
    return SecretKey.fingerprint("shopbell backup\n" + SecretKey.fingerprint(key)).substring(0, 32);
  }

  /** Durable, and for this user's eyes only. */
  void keep(String key) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    Files.createDirectories(folder);
    Path made = file.resolveSibling("secret.key.new");
    Files.deleteIfExists(made);
    try (FileChannel channel =
        FileChannel.open(
            made,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
      ByteBuffer bytes = ByteBuffer.wrap(key.getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(made, file, StandardCopyOption.ATOMIC_MOVE);
    try (FileChannel channel = FileChannel.open(folder)) {
      channel.force(true);
    }
  }
}
