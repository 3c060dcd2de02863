package dev.shopbell.staff;

import java.time.Instant;

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

  /**
   * @param deviceId by which {@link KnownDevices#find} tells of it
   */
  void newDevice(long deviceId);

  /**
   * How often somebody was refused, which {@link RefusedSignIns#of} tells.
   *
   * @param at when it is to be written
   */
  void refused(long agentId, Instant at);
}
