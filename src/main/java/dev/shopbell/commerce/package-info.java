/**
 * What the shop sells and has sold: shops and how they are connected, orders, parcels, products,
 * and what is done with an order. An order is kept as its shop tells it ({@link
 * dev.shopbell.commerce.OrderState}); what a shop's webhook says is only that something changed, so
 * that what comes twice, late or in the wrong order changes nothing. A shop system is attached by
 * filling {@link dev.shopbell.commerce.ShopConnector}. Owns all tables whose names begin with
 * {@code shop}, {@code product} and {@code parcel}.
 */
@NullMarked
package dev.shopbell.commerce;

import org.jspecify.annotations.NullMarked;
