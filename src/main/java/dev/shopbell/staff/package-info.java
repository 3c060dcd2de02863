/**
 * Those who answer: agents, their roles, how they sign in, the tokens of their programs. Owns
 * {@code agent}, {@code face}, {@code session}, {@code api_token}, {@code invitation} and {@code
 * sign_in_failure}. Fills the platform's {@link dev.shopbell.platform.web.Authenticator} and {@link
 * dev.shopbell.platform.live.Presences}. Secrets are stored by fingerprint only.
 */
@NullMarked
package dev.shopbell.staff;

import org.jspecify.annotations.NullMarked;
