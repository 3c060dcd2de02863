/**
 * Any shop system that speaks our own shop API, documented in docs/developers/shop-api.md: the shop
 * answers questions, is asked to act, and tells what changes by webhooks of Standard Webhooks. A
 * shop that only tells works too. Input that is not as documented is refused with the name of the
 * field and what was expected there, never with what stood in it.
 */
@NullMarked
package dev.shopbell.commerce.generic;

import org.jspecify.annotations.NullMarked;
