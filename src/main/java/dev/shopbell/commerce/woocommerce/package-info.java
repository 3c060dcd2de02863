/**
 * Shops that run WooCommerce, by its REST API v3. Only what the API says counts; a webhook says
 * that something changed. The API knows no idempotency keys, so the key of an action is left in the
 * meta data of what it made or changed, and looked for before anything is done. Where WooCommerce
 * can do a thing only in parts that could fail between each other, it is refused in words.
 */
@NullMarked
package dev.shopbell.commerce.woocommerce;

import org.jspecify.annotations.NullMarked;
