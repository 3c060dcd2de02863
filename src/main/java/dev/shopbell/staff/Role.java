package dev.shopbell.staff;

import dev.shopbell.platform.web.Permission;
import java.util.Set;

/**
 * What somebody is to the shop, and so what they may do.
 *
 * @param id {@code owner}, {@code lead}, {@code agent} or {@code guest}, or the number of a role of
 *     the shop's own
 * @param builtIn whether it is the same everywhere and cannot be changed
 * @param agents how many have it, also those whose access has ended
 */
public record Role(
    String id,
    String name,
    String explanation,
    Set<Permission> permissions,
    boolean builtIn,
    int agents) {}
