package dev.shopbell.staff;

/**
 * A slot: whoever can write to agents about how they sign in. Each mail is staged in the caller's
 * transaction, and written when it is sent.
 */
public interface SecurityMailer {
  /** Whoever is not known is written to like anybody else, as far as the clock can tell. */
  long NOBODY = 0;

  /**
   * A link for a new password, which {@link ForgottenPasswords#link} makes.
   *
   * @param agentId or {@link #NOBODY}
   */
  void passwordLink(long agentId);

  void passwordChanged(long agentId);
}
