package dev.shopbell.platform.web;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;

/** What a caller may do. Roles are sets of these; a token holds some of its owner's. */
public enum Permission {
  CONVERSATIONS_READ("conversations:read"),
  CONVERSATIONS_REPLY("conversations:reply"),
  CONVERSATIONS_CHANGE("conversations:change"),
  BRANDS_MANAGE("brands:manage"),
  AGENTS_MANAGE("agents:manage"),
  TOKENS_MANAGE("tokens:manage"),
  AUDIT_READ("audit:read"),
  METRICS_READ("metrics:read"),
  INSTALLATION_MANAGE("installation:manage");

  private final String key;

  Permission(String key) {
    this.key = key;
  }

  /** As it is written in tokens and in the API. */
  @JsonValue
  public String key() {
    return key;
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
