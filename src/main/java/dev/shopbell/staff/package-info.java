/**
 * Those who answer: agents, their roles and teams, what they see, how they sign in, the tokens of
 * their programs. {@code Staffing} decides who gives access to whom; {@link
 * dev.shopbell.staff.Access} is what the door knows of an agent. Owns {@code agent}, {@code role},
 * {@code team}, {@code team_member}, {@code face}, {@code agent_key}, {@code session}, {@code
 * api_token}, {@code invitation} and {@code sign_in_failure}. Fills the platform's {@link
 * dev.shopbell.platform.web.Authenticator} and {@link dev.shopbell.platform.live.Presences}.
 * Secrets are stored by fingerprint only.
 */
@NullMarked
package dev.shopbell.staff;

import org.jspecify.annotations.NullMarked;
