/**
 * The shops of this installation. Everything a shopper meets belongs to exactly one brand, and
 * nothing of one brand shows in another. Owns {@code brand} and {@code brand_logo}. The first start
 * always makes one.
 */
@NullMarked
package dev.shopbell.brands;

import org.jspecify.annotations.NullMarked;
