package dev.shopbell.commerce;

/** Where a parcel is; the order of the names is the usual course. */
public enum ParcelState {
  /** A label exists, nothing has moved yet. */
  preparing,
  in_transit,
  out_for_delivery,
  /** Ready where the customer fetches it. */
  at_pickup,
  /**
   * Nobody was there, or the address is wrong: the carrier goes on trying, or the customer has to
   * act.
   */
  attempted,
  /** The carrier gave up: lost, damaged or refused. */
  failed,
  delivered,
  /** On its way back to the shop, or there. */
  returned,
  /** Never sent after all. */
  cancelled;

  /** Whether nothing more is expected to happen. */
  public boolean isOver() {
    return this == delivered || this == returned || this == cancelled;
  }
}
