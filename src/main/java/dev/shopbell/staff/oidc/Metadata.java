package dev.shopbell.staff.oidc;

import org.jspecify.annotations.Nullable;

/**
 * What a provider says of itself (OpenID Connect Discovery 1.0).
 *
 * @param authorization where browsers are sent
 * @param token where codes are redeemed
 * @param keys its JSON Web Key Set
 * @param userInfo null where there is none
 * @param namesItself whether every answer to a browser bears the issuer (RFC 9207)
 * @param takesSecretInForm whether the client's secret may stand in the form
 */
record Metadata(
    String issuer,
    String authorization,
    String token,
    String keys,
    @Nullable String userInfo,
    boolean namesItself,
    boolean takesSecretInForm) {}
