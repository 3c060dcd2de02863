package dev.shopbell.commerce;

/** Where the money of an order is. */
public enum PaymentState {
  pending,
  authorized,
  partially_paid,
  paid,
  partially_refunded,
  refunded,
  voided
}
