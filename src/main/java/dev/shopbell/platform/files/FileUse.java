package dev.shopbell.platform.files;

import java.util.Collection;
import java.util.Set;

/** A slot: every room whose rows name stored files says which of some it names. */
public interface FileUse {
  /**
   * @param files hashes
   * @return those of them that a row names
   */
  Set<String> named(Collection<String> files);
}
