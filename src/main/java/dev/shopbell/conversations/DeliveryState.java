package dev.shopbell.conversations;

/** Where an answer is on its way. */
public enum DeliveryState {
  /** Leaves at a time that an agent chose. */
  scheduled,
  /** Was scheduled, but somebody wrote before it left: an agent decides. */
  held,
  queued,
  sending,
  sent,
  /** The other side said “later”; it is tried again. */
  deferred,
  /** The other side said no, or never yes; it can be sent again by hand. */
  failed,
  /** A demo customer: never mailed. */
  withheld
}
