package dev.shopbell.commerce;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that was asked to be done in a shop, and what came of it.
 *
 * @param conversationId where it was asked; null where in none
 * @param amount what it gives back or away, in the smallest unit of {@code currency}
 * @param words what the shop or we said of it; null where there is nothing to say
 * @param reference what the shop calls what came of it
 */
@Schema(name = "OrderAction")
public record OrderAction(
    long id,
    long shopId,
    @Nullable Long orderId,
    @Nullable Long customerId,
    @Nullable Long conversationId,
    ShopAction action,
    @Nullable String reason,
    String actorKind,
    @Nullable Long actorId,
    long amount,
    String currency,
    State state,
    @Nullable String words,
    @Nullable String reference,
    Instant askedAt,
    @Nullable Instant endedAt) {
  public enum State {
    asked,
    running,
    /** The shop did not answer: it may have happened. We are looking. */
    unknown,
    done,
    /** It did not happen. */
    refused,
    /** It may have happened, and the shop cannot tell: a person has to look there. */
    stuck;

    boolean isOpen() {
      return this == asked || this == running || this == unknown;
    }
  }
}
