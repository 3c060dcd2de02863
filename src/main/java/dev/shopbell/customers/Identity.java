package dev.shopbell.customers;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a customer is known on a channel.
 *
 * @param kind {@code email}
 * @param value as it is compared: an address in lower case
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
