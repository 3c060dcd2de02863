package dev.shopbell.staff;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One who says who somebody is (OpenID Connect). Its secret is never shown.
 *
 * @param name on its button
 * @param issuer as it writes it itself; accounts are known by it, so it does not change
 * @param domains of the mail addresses that may come in by it; empty for all
 * @param joinRole the id of the role that somebody unknown of these domains gets; null where they
 *     have to be invited
 * @param exclusive whether everybody but owners has to come in by it, or by another such
 * @param people how many agents have an account linked
 * @param trouble why it last failed, in words for owners; null since it last worked
 */
@Schema(name = "IdentityProvider")
record IdentityProvider(
    long id,
    String name,
    String issuer,
    String clientId,
    List<String> domains,
    @Nullable String joinRole,
    boolean exclusive,
    int people,
    Instant createdAt,
    @Nullable String trouble,
    @Nullable Instant troubleAt) {}
