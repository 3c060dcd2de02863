package dev.shopbell.staff;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Someone who answers customers.
 *
 * @param displayName as customers see them; the name where there is none
 * @param faceUrl of their picture, below the address of the desk; anyone may have it
 * @param deskLanguage what the desk speaks to them, as a language tag; null where their browser
 *     says
 * @param joined whether they have chosen a password yet
 */
public record Agent(
    long id,
    String name,
    String email,
    @Nullable String title,
    @Nullable String displayName,
    @Nullable String faceUrl,
    @Nullable String deskLanguage,
    Role role,
    boolean active,
    boolean demo,
    Instant createdAt,
    @Nullable Instant lastSeenAt,
    boolean joined) {

  /** The name that customers see. */
  public String publicName() {
    return displayName == null ? name : displayName;
  }
}
