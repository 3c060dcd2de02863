package dev.shopbell.commerce;

import org.jspecify.annotations.Nullable;

/**
 * Where something is sent, or billed to.
 *
 * @param country by ISO 3166-1, as {@code DE}
 * @param region state or province, as the shop names it
 */
public record PostalAddress(
    @Nullable String name,
    @Nullable String company,
    @Nullable String line1,
    @Nullable String line2,
    @Nullable String postcode,
    @Nullable String city,
    @Nullable String region,
    @Nullable String country,
    @Nullable String phone) {}
