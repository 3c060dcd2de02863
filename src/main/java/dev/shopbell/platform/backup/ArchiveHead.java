package dev.shopbell.platform.backup;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The first entry of an archive.
 *
 * @param format of the archive; raised when an older program could not read it any more
 * @param program version of the program that made it
 * @param postgres version of the server it came from
 * @param migrations those that had made its tables, in their order
 * @param keyCheck by which its secret key is known
 * @param keyInside whether the key is in it; else the environment held it
 */
record ArchiveHead(
    int format,
    String program,
    Instant made,
    String postgres,
    List<Migration> migrations,
    List<Table> tables,
    String keyCheck,
    boolean keyInside) {
  static final int FORMAT = 1;
  static final String ENTRY = "shopbell.json";
  static final String KEY_ENTRY = "secret.key";
  static final String TABLES = "tables/";
  static final String FILES = "files/";
  static final String FILE_LIST = "files.txt";

  /**
   * @param checksum Flyway's
   */
  record Migration(String version, @Nullable Integer checksum) {}

  /**
   * @param columns those that are written, in their order
   */
  record Table(String name, List<String> columns) {}
}
