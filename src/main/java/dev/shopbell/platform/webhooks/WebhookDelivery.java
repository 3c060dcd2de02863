package dev.shopbell.platform.webhooks;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What was sent, and what came of it.
 *
 * @param type of the event, such as {@code message.received}
 * @param position of its fact in the log, from which a webhook can begin again
 * @param nextAttemptAt when it is tried again; null where it is not, or in its turn
 * @param status what the receiver answered last; null where it did not
 * @param millis how long the last request took
 * @param words why the last request was not taken
 * @param answer the beginning of what the receiver answered last
 */
@Schema(name = "WebhookDelivery")
record WebhookDelivery(
    long id,
    String type,
    String position,
    State state,
    int attempts,
    Instant firstAt,
    Instant lastAt,
    @Nullable Instant nextAttemptAt,
    @Nullable Integer status,
    int millis,
    @Nullable String words,
    @Nullable String answer) {

  @Schema(name = "WebhookDeliveryState")
  enum State {
    delivered,
    /** It will be tried again. */
    waiting,
    /** It will not. */
    failed
  }
}
