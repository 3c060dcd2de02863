package dev.shopbell.staff.oidc;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whom the provider has signed in.
 *
 * @param subject names the account for ever, among those of its issuer
 * @param mail in lower case; null unless the provider vouches that it is theirs
 * @param name as they call themselves; null where it is not told
 */
public record Person(String subject, @Nullable String mail, @Nullable String name) {
  private static final String GOOGLE = "https://accounts.google.com";

  /** Where Microsoft Entra issues from, in its clouds. */
  private static final Set<String> ENTRA =
      Set.of(
          "https://login.microsoftonline.com/",
          "https://login.microsoftonline.us/",
          "https://login.partner.microsoftonline.cn/");

  static Person of(String issuer, String subject, Map<String, Object> claims) {
    String mail = claims.get("email") instanceof String text ? text.strip() : "";
    return new Person(
        subject,
        isPlain(mail) && vouched(issuer, mail, claims) ? mail.toLowerCase(Locale.ROOT) : null,
        claims.get("name") instanceof String name && !name.isBlank() ? name : null);
  }

  /** In lower case a Kelvin sign is a k: other letters than these could turn into another's. */
  private static boolean isPlain(String mail) {
    return mail.indexOf('@') > 0 && mail.chars().allMatch(c -> c > ' ' && c < 0x7f);
  }

  /**
   * Entra says {@code email} of whatever an administrator of some tenant has typed; only {@code
   * xms_edov} tells that the domain is theirs. At Google an account of one's own may bear an
   * address that was another's since: it vouches for its own mail and for that of its Workspaces
   * ({@code hd}).
   */
  private static boolean vouched(String issuer, String mail, Map<String, Object> claims) {
    boolean verified = says(claims.get("email_verified"));
    if (issuer.equals(GOOGLE)) {
      return verified
          && (mail.toLowerCase(Locale.ROOT).endsWith("@gmail.com")
              || (claims.get("hd") instanceof String workspace && !workspace.isBlank()));
    }
    if (ENTRA.stream().anyMatch(issuer::startsWith)) {
      return says(claims.get("xms_edov"));
    }
    return verified;
  }

  /** Some write what should be a truth value as text or as a number. */
  private static boolean says(@Nullable Object value) {
    return switch (value) {
      case Boolean truth -> truth;
      case String text -> text.equalsIgnoreCase("true") || text.equals("1");
      case Number number -> number.longValue() == 1;
      case null, default -> false;
    };
  }
}
