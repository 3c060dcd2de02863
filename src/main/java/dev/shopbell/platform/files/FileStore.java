package dev.shopbell.platform.files;

import java.io.IOException;
import java.io.InputStream;

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

  /** Reads the stream to its end. Durable when it returns; the stream is not closed. */
  StoredFile store(InputStream content) throws IOException;

  /**
   * @throws java.nio.file.NoSuchFileException if nothing is stored under the hash
   */
  InputStream open(String hash) throws IOException;
}
