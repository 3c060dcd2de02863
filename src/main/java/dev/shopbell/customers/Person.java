package dev.shopbell.customers;

import java.time.Instant;
import java.util.List;

/**
 * Somebody whose data is given out or erased, and by what they are found.
 *
 * @param customerIds their customer, and those that were merged into it
 * @param addresses in lower case
 * @param until what comes from the same address later is not theirs, but a new person's
 */
public record Person(
    long customerId,
    long brandId,
    List<Long> customerIds,
    List<String> addresses,
    List<String> names,
    Instant until) {}
