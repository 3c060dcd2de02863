package dev.shopbell.conversations;

import dev.shopbell.platform.files.FileStore;
import java.io.IOException;
import java.io.InputStream;
import org.springframework.core.io.AbstractResource;

/** A stored file that can be answered in part: a player asks for a film piece by piece. */
final class StoredResource extends AbstractResource {
  private final FileStore files;
  private final String file;
  private final long size;

  /**
   * @param size in bytes
   */
  StoredResource(FileStore files, String file, long size) {
    this.files = files;
    this.file = file;
    this.size = size;
  }

  @Override
  public InputStream getInputStream() throws IOException {
    return files.open(file);
  }

  @Override
  public long contentLength() {
    return size;
  }

  @Override
  public String getDescription() {
    return "stored file";
  }
}
