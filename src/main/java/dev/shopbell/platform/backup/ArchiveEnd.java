package dev.shopbell.platform.backup;

import java.util.List;

/**
 * The last entry of an archive: with it the archive is whole.
 *
 * @param files how many there are, in it or beside it
 * @param fileBytes how many bytes they have together
 */
record ArchiveEnd(List<Part> parts, List<Sequence> sequences, long files, long fileBytes) {
  static final String ENTRY = "end.json";

  /**
   * @param rows of a table; of another part 0
   * @param sha256 hex, of the bytes before they are packed
   */
  record Part(String name, long rows, long bytes, String sha256) {}

  /**
   * @param called whether {@code last} has been given out
   */
  record Sequence(String name, long last, boolean called) {}
}
