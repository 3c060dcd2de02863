package dev.shopbell.staff;

import dev.shopbell.platform.web.Permission;
import java.util.EnumSet;
import java.util.Set;

/** The roles that every installation has. What they may do is the same everywhere. */
public enum BuiltInRole {
  owner("Owner", "May do everything and sees everything.", EnumSet.allOf(Permission.class)),
  lead(
      "Lead",
      "Leads those who answer: sets up the shop and its teams, but gives nobody access.",
      EnumSet.complementOf(
          EnumSet.of(
              Permission.CUSTOMERS_ERASE,
              Permission.AGENTS_MANAGE,
              Permission.ROLES_MANAGE,
              Permission.WEBHOOKS_MANAGE,
              Permission.METRICS_READ,
              Permission.INSTALLATION_MANAGE))),
  agent(
      "Agent",
      "Answers customers.",
      EnumSet.of(
          Permission.CONVERSATIONS_READ,
          Permission.CONVERSATIONS_REPLY,
          Permission.CONVERSATIONS_CHANGE,
          Permission.CUSTOMERS_CHANGE,
          Permission.ORDERS_CHANGE,
          Permission.TOKENS_MANAGE)),
  guest(
      "Guest",
      "Helps out for a while: answers customers until a day that is set, and changes nothing else.",
      EnumSet.of(
          Permission.CONVERSATIONS_READ,
          Permission.CONVERSATIONS_REPLY,
          Permission.CONVERSATIONS_CHANGE));

  private final String title;
  private final String explanation;
  private final Set<Permission> permissions;

  BuiltInRole(String title, String explanation, Set<Permission> permissions) {
    this.title = title;
    this.explanation = explanation;
    this.permissions = Set.copyOf(permissions);
  }

  public Set<Permission> permissions() {
    return permissions;
  }

  /** In English. */
  String title() {
    return title;
  }

  String explanation() {
    return explanation;
  }
}
