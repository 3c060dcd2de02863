package dev.shopbell.platform.web;

import dev.shopbell.platform.facts.Actor;
import java.util.Set;

/**
 * Who calls the API: an agent, in a browser or through a token.
 *
 * @param credential names the session or token, unique among both
 * @param settingUp whether they must first set up how they sign in, and may do nothing else
 */
public record Caller(
    long agentId,
    Set<Permission> permissions,
    Sight sight,
    boolean byToken,
    String credential,
    boolean settingUp) {
  public static final String ATTRIBUTE = Caller.class.getName();

  public Actor actor() {
    return Actor.agent(agentId);
  }

  public boolean may(Permission permission) {
    return permissions.contains(permission);
  }
}
