package dev.shopbell.customers;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a customer is known on a channel.
 *
 * @param kind {@code email}, {@code phone} or {@code account}
 * @param value as it is compared: an address in lower case, a number as {@code +491701234567}, an
 *     account in a shop as {@code shop:account}
 * @param verified whether the customer has shown that it is theirs
 * @param bouncedAt since when mail to it comes back for good; null while it does not
 * @param bounceWords what the other server said
 */
public record Identity(
    long id,
    String kind,
    String value,
    boolean verified,
    @Nullable Instant bouncedAt,
    @Nullable String bounceWords) {}
