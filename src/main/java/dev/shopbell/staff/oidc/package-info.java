/**
 * OpenID Connect as far as signing in needs it: {@link dev.shopbell.staff.oidc.OpenId} sends a
 * browser to a provider and learns, from what comes back, whose account it is. The code flow with
 * PKCE and nothing else; knows no agents and writes no tables. Whatever goes wrong is a {@link
 * dev.shopbell.staff.oidc.ProviderTrouble}, whose words are written for people.
 */
@NullMarked
package dev.shopbell.staff.oidc;

import org.jspecify.annotations.NullMarked;
