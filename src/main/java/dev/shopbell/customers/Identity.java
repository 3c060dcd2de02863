package dev.shopbell.customers;

/**
 * How a customer is known on a channel.
 *
 * @param kind {@code email}
 * @param value as it is compared: an address in lower case
 * @param verified whether the customer has shown that it is theirs
 */
public record Identity(long id, String kind, String value, boolean verified) {}
