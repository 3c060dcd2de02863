package dev.shopbell.platform.files;

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
   * Removes a file, unless it was stored, for the first time or again, after that instant: whoever
   * has stored it may not have written yet that it is theirs.
   *
   * @return whether nothing is stored under the hash any more
   */
  boolean delete(String hash, Instant storedBefore) throws IOException;
}
