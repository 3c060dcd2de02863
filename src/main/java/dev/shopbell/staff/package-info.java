/**
 * Those who answer: agents, their roles and teams, what they see, how they sign in, the tokens of
 * their programs. {@code Staffing} decides who gives access to whom; {@link
 * dev.shopbell.staff.Access} is what the door knows of an agent; {@code SignIn} lets people in.
 * Owns {@code agent}, {@code role}, {@code team}, {@code team_member}, {@code face}, {@code
 * agent_key}, {@code session}, {@code api_token}, {@code invitation}, {@code sign_in_failure},
 * {@code refused_sign_in}, {@code known_device}, {@code sign_in_ticket}, {@code sign_in_policy},
 * {@code totp}, {@code passkey}, {@code recovery_code}, {@code identity_provider} and {@code
 * provider_account}. Providers are asked by {@code staff.oidc}. Fills the platform's {@link
 * dev.shopbell.platform.web.Authenticator} and {@link dev.shopbell.platform.live.Presences}.
 * Secrets are stored by fingerprint or signature only; what must be read again is sealed.
 */
@NullMarked
package dev.shopbell.staff;

import org.jspecify.annotations.NullMarked;
