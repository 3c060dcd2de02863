package dev.shopbell.platform.status;

/**
 * Looks after one part of the installation. What it says is read by owners: in plain words, without
 * personal data.
 */
public interface Check {
  /** A short name that stays the same, such as {@code disk}: lower case, words joined by dashes. */
  String checkName();

  /**
   * How it is now; must answer within seconds. Called on one node at a time, at most every few
   * seconds; what it throws is shown as trouble of its own.
   */
  Finding look();
}
