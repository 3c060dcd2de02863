package dev.shopbell.platform.database;

import java.nio.file.Path;

/** A slot: whoever can carry everything from one server into an empty one. */
public interface MoveTables {
  /**
   * @param scratch a file that may be made for it, and is removed
   * @throws RuntimeException if it failed; the first is as it was then
   */
  void move(InstallationDatabase from, InstallationDatabase into, Path scratch);
}
