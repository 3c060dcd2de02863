package dev.shopbell.platform.web;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;

/** What a caller may do. Roles are sets of these; a token holds some of its owner's. */
public enum Permission {
  CONVERSATIONS_READ("conversations:read", "Read the conversations and customers that one sees."),
  CONVERSATIONS_REPLY(
      "conversations:reply", "Answer customers, write notes and start conversations."),
  CONVERSATIONS_CHANGE(
      "conversations:change",
      "Assign, close, snooze and tag conversations, and set their priority."),
  CUSTOMERS_CHANGE("customers:change", "Change what is known of customers, such as their name."),
  CUSTOMERS_ERASE(
      "customers:erase", "Export and erase everything that is kept of a customer, for good."),
  ORDERS_CHANGE(
      "orders:change",
      "Cancel, refund, return and change orders, as far as the shop's policy allows."),
  SHOPS_MANAGE("shops:manage", "Connect shops, and say what may be done with their orders."),
  TAGS_MANAGE("tags:manage", "Rename, colour, merge and archive tags."),
  FIELDS_MANAGE("fields:manage", "Add fields to conversations and customers, and change them."),
  LIBRARY_MANAGE("library:manage", "Add files to the library of a brand and remove them."),
  BRANDS_MANAGE("brands:manage", "Set up brands: name, look, time zone and signature."),
  MAIL_MANAGE(
      "mail:manage", "Set up mailboxes, mail accounts and the domains that mail is sent from."),
  AGENTS_MANAGE(
      "agents:manage",
      "Invite people and end their access; say what they may do and what they see."),
  TEAMS_MANAGE("teams:manage", "Make teams and say who is in them."),
  ROLES_MANAGE("roles:manage", "Make roles and say what they may do."),
  TOKENS_MANAGE("tokens:manage", "Make tokens for programs that act in one's own name."),
  WEBHOOKS_MANAGE(
      "webhooks:manage", "Have other programs told what happens, with all that one sees oneself."),
  AUDIT_READ("audit:read", "Read who did what and when."),
  METRICS_READ("metrics:read", "Read how the program itself is doing, for monitoring."),
  INSTALLATION_MANAGE(
      "installation:manage",
      "Change the installation as a whole: say how people sign in, remove the demo shop.");

  private final String key;
  private final String explanation;

  Permission(String key, String explanation) {
    this.key = key;
    this.explanation = explanation;
  }

  /** As it is written in tokens and in the API. */
  @JsonValue
  public String key() {
    return key;
  }

  /** What it allows, in a sentence for people. */
  public String explanation() {
    return explanation;
  }

  /**
   * @throws IllegalArgumentException if there is none of that key
   */
  @JsonCreator
  public static Permission of(String key) {
    return Arrays.stream(values())
        .filter(permission -> permission.key.equals(key))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("There is no permission “" + key + "”."));
  }
}
