/**
 * Shopify, by its GraphQL Admin API in the version of {@link
 * dev.shopbell.commerce.shopify.ShopifyApi#VERSION}. Ids are the numbers at the end of Shopify's
 * own ({@code gid://shopify/Order/123} is {@code 123}). A webhook only says what to ask for. What
 * is done bears a mark made of its key, where Shopify itself cannot tell a repeat: in a note for
 * the staff, a tag or a metafield, which is looked for before it is done and when a line broke.
 */
@NullMarked
package dev.shopbell.commerce.shopify;

import org.jspecify.annotations.NullMarked;
