package dev.shopbell.platform.files;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class DiskFileStoreTest extends FileStoreContract {
  @TempDir Path temp;

  @Override
  FileStore store() {
    return FileStore.in(temp);
  }

  @Override
  Path incoming() {
    return temp.resolve("incoming");
  }
}
