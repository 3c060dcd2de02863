package dev.shopbell.customers;

/** A slot: what another room knows of a customer, for the panel beside a conversation. */
public interface CustomerPart {
  /** Its key in the panel's {@code parts}. */
  String partName();

  /** A record that is sent as it is. Must be quick: the panel waits for all parts. */
  Object read(long customerId);
}
