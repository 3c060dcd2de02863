package dev.shopbell.staff;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Someone who answers customers.
 *
 * @param displayName as customers see them; the name where there is none
 * @param faceUrl of their picture, below the address of the desk; anyone may have it
 * @param deskLanguage what the desk speaks to them, as a language tag; null where their browser
 *     says
 * @param joined whether they have chosen a password, or come by an identity provider, yet
 * @param role the id of a role
 * @param roleName of a role of the shop's own as it is called there
 * @param active whether they have access now
 * @param languages what they speak with customers, as BCP 47 tags, the best first
 * @param teams ids
 * @param expiresAt when their access ends, or ended, by itself; null where it does not
 */
public record Agent(
    long id,
    String name,
    String email,
    @Nullable String title,
    @Nullable String displayName,
    @Nullable String faceUrl,
    @Nullable String deskLanguage,
    String role,
    String roleName,
    boolean active,
    boolean demo,
    Instant createdAt,
    @Nullable Instant lastSeenAt,
    boolean joined,
    List<String> languages,
    List<Long> teams,
    Sees sees,
    @Nullable Instant expiresAt) {

  /** The name that customers see. */
  public String publicName() {
    return displayName == null ? name : displayName;
  }
}
