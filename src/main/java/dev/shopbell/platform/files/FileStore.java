package dev.shopbell.platform.files;

import dev.shopbell.platform.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;

/**
 * A slot: where bytes lie that are too many for a row. Content-addressed: the same bytes are kept
 * once, under the hex SHA-256 of what they hold.
 */
public interface FileStore {
  /**
   * @param hash hex SHA-256, 64 characters
   * @param size in bytes
   */
  record StoredFile(String hash, long size) {}

  /** What is done with each file. */
  interface Visitor {
    void visit(StoredFile file) throws IOException;
  }

  /** Reads the stream to its end. Durable when it returns; the stream is not closed. */
  StoredFile store(InputStream content) throws IOException;

  /**
   * @throws java.nio.file.NoSuchFileException if nothing is stored under the hash
   */
  InputStream open(String hash) throws IOException;

  boolean has(String hash) throws IOException;

  /**
   * Every file that was there when this was called, and maybe some that came since, in no order.
   */
  void each(Visitor visitor) throws IOException;

  /** One in a folder, which is made with the first file. */
  static FileStore in(Path folder) {
    return new DiskFileStore(folder);
  }

  /**
   * The one that the operator has set: a bucket, or {@code files} in the data folder.
   *
   * @throws FilesStartException if the bucket cannot be reached
   */
  static FileStore of(Settings settings, S3Settings s3) {
    return s3.isSet() ? S3FileStore.reached(s3, folder(settings)) : in(folder(settings));
  }

  /** Of the files on the disk; of a bucket, only what is on its way there. */
  static Path folder(Settings settings) {
    return settings.data().resolve("files");
  }

  private static boolean isHex(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
  }

  /** Whether something is stored under such a name; whatever else lies there is not ours. */
  static boolean isName(String name) {
    return name.length() == 64 && name.chars().allMatch(c -> isHex((char) c));
  }

  /**
   * {@code ab/cd/abcd…}, on the disk as in a bucket.
   *
   * @throws IllegalArgumentException if it is no hash
   */
  static String path(String hash) {
    if (!isName(hash)) {
      throw new IllegalArgumentException("Not the name of a stored file.");
    }
    return hash.substring(0, 2) + "/" + hash.substring(2, 4) + "/" + hash;
  }

  /** Removes what was on its way when a program died before that instant. */
  void removeUnfinished(Instant before) throws IOException;

  /**
   * @throws IOException if files can be neither stored nor read now
   */
  void check() throws IOException;

  /**
   * Removes a file, unless it was stored, for the first time or again, after that instant: whoever
   * has stored it may not have written yet that it is theirs.
   *
   * @return whether nothing is stored under the hash any more
   */
  boolean delete(String hash, Instant storedBefore) throws IOException;
}
