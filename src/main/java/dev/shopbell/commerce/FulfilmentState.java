package dev.shopbell.commerce;

/** How much of an order has left the shop. */
public enum FulfilmentState {
  unfulfilled,
  partial,
  fulfilled
}
