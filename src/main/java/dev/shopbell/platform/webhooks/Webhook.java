package dev.shopbell.platform.webhooks;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a program elsewhere is told what happens.
 *
 * @param events the types that it is told; null for all, also those to come
 * @param brands their ids; null for all
 * @param agentId whoever set it up, changed or resumed it last: it shows what they may see
 * @param failingSince since when no request was taken; null while they are
 * @param trouble why the last request was not taken
 * @param deliveredAt when the last request was taken
 * @param nextAttemptAt when it is tried again, while it fails
 * @param position the fact that it was told, or had passed over, last
 * @param waiting how many events it has still to be told, among the next 10,000 facts
 * @param oldSecretUntil until when the secret before this one signs, too
 */
public record Webhook(
    long id,
    String url,
    String description,
    @Nullable List<String> events,
    @Nullable List<Long> brands,
    long agentId,
    State state,
    @Nullable Reason disabledBecause,
    @Nullable Instant disabledAt,
    @Nullable Instant failingSince,
    @Nullable String trouble,
    @Nullable Instant deliveredAt,
    @Nullable Instant nextAttemptAt,
    String position,
    int waiting,
    @Nullable Instant oldSecretUntil,
    Instant createdAt) {

  public enum State {
    active,
    paused,
    /** By the program; see {@link Reason}. */
    disabled
  }

  public enum Reason {
    /** It answered 410 Gone. */
    gone,
    /** It took nothing for {@value WebhookLine#GIVES_UP_DAYS} days. */
    failing,
    /** Whoever it belonged to may not see anything any more. */
    no_access
  }
}
