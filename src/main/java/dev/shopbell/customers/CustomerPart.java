package dev.shopbell.customers;

import dev.shopbell.platform.web.Sight;

/** A slot: what another room knows of a customer, for the panel beside a conversation. */
public interface CustomerPart {
  /** Its key in the panel's {@code parts}. */
  String partName();

  /**
   * A record that is sent as it is. Must be quick: the panel waits for all parts.
   *
   * @param sight of the agent who looks: nothing outside it may be told
   */
  Object read(long customerId, Sight sight);
}
