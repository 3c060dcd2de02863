package dev.shopbell.staff;

import dev.shopbell.platform.web.Permission;
import java.util.EnumSet;
import java.util.Set;

/** What an agent is to the shop, and so what they may do. */
public enum Role {
  owner(EnumSet.allOf(Permission.class)),
  lead(
      EnumSet.complementOf(
          EnumSet.of(
              Permission.AGENTS_MANAGE, Permission.METRICS_READ, Permission.INSTALLATION_MANAGE))),
  agent(
      EnumSet.of(
          Permission.CONVERSATIONS_READ,
          Permission.CONVERSATIONS_REPLY,
          Permission.CONVERSATIONS_CHANGE,
          Permission.TOKENS_MANAGE));

  private final Set<Permission> permissions;

  Role(Set<Permission> permissions) {
    this.permissions = Set.copyOf(permissions);
  }

  public Set<Permission> permissions() {
    return permissions;
  }
}
