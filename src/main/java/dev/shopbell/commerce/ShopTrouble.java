package dev.shopbell.commerce;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A shop did not do as asked, and nothing was changed there. The words are written for its owner.
 */
public final class ShopTrouble extends Exception {
  private static final long serialVersionUID = 1;

  /** What is to be done about it. */
  public enum Kind {
    /** It did not answer, or not sensibly: try again. */
    unreachable,
    /** Too much was asked: again after a while. */
    throttled,
    /** Our key is no longer good, or the app was removed: the owner has to connect anew. */
    refused,
    /** The key is good but may not do this: the owner has to grant more. */
    not_allowed,
    /** What was asked makes no sense to the shop; asking again will not help. */
    invalid
  }

  private final Kind kind;
  private final @Nullable Duration retryAfter;

  public ShopTrouble(Kind kind, String words) {
    this(kind, words, null);
  }

  public ShopTrouble(Kind kind, String words, @Nullable Duration retryAfter) {
    super(words, null, false, false);
    this.kind = kind;
    this.retryAfter = retryAfter;
  }

  public Kind kind() {
    return kind;
  }

  /** In words, for the owner of the shop. */
  public String words() {
    return String.valueOf(getMessage());
  }

  public @Nullable Duration retryAfter() {
    return retryAfter;
  }
}
