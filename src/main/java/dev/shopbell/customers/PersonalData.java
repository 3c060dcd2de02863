package dev.shopbell.customers;

import java.io.IOException;

/**
 * A slot: what another room keeps of people. Filled by every room that keeps anything of them, so
 * that an export is complete and nothing is left after an erasure.
 */
public interface PersonalData {
  /** Writes all of it, as it is read: none of it is held in memory. */
  void export(Person person, PersonExport export) throws IOException;

  /**
   * Erases all of it, in short transactions of its own: a long one would hold up all readers of the
   * log. Called again from the beginning where it did not come to its end.
   */
  void erase(Person person);
}
