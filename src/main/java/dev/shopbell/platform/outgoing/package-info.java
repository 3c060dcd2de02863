/**
 * Calls to addresses that other people chose: pictures in mails, webhooks, shops, mail servers.
 *
 * <p>Whoever calls such an address goes through {@link dev.shopbell.platform.outgoing.GuardedHttp};
 * what speaks another protocol asks {@link dev.shopbell.platform.outgoing.InternalAddresses#check}
 * and connects to what that returned, never to the name again: a name may resolve to something else
 * a moment later. Addresses that the operator set in the environment are trusted and need no guard.
 */
@NullMarked
package dev.shopbell.platform.outgoing;

import org.jspecify.annotations.NullMarked;
