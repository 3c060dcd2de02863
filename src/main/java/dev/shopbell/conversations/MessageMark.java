package dev.shopbell.conversations;

/** What a message carries beside its words. */
public enum MessageMark {
  /** Its content is encrypted: only its original can be had. */
  encrypted,
  /** It bears a digital signature, which was not checked. */
  signed,
  /** It invites to an appointment, changes or cancels one. */
  invitation
}
