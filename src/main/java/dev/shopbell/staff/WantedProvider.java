package dev.shopbell.staff;

import dev.shopbell.platform.web.Problem;
import java.net.IDN;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an owner entered for an identity provider, checked.
 *
 * @param secret empty where the kept one stays
 */
record WantedProvider(
    String name,
    String clientId,
    Optional<String> secret,
    List<String> domains,
    @Nullable String joinRole,
    boolean exclusive) {
  private static final int LONGEST_NAME = 40;
  private static final int LONGEST_SECRET = 1_000;
  private static final int MOST_DOMAINS = 50;

  private static final Pattern DOMAIN =
      Pattern.compile("(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z0-9-]{2,63}");

  /** Where anybody can have an address: whoever lets these join lets in the world. */
  private static final Set<String> EVERYBODYS =
      Set.of(
          "gmail.com",
          "googlemail.com",
          "outlook.com",
          "hotmail.com",
          "live.com",
          "msn.com",
          "yahoo.com",
          "icloud.com",
          "me.com",
          "aol.com",
          "gmx.de",
          "gmx.net",
          "gmx.com",
          "web.de",
          "t-online.de",
          "proton.me",
          "protonmail.com",
          "mail.com",
          "mail.ru",
          "yandex.ru",
          "qq.com",
          "163.com");

  /**
   * @throws Problem that says which field cannot be taken, and why
   */
  static WantedProvider of(IdentityProviders.Wanted wanted, Roles roles) {
    List<String> domains =
        Objects.requireNonNullElse(wanted.domains(), List.<String>of()).stream()
            .filter(text -> !text.isBlank())
            .map(WantedProvider::domain)
            .distinct()
            .toList();
    if (domains.size() > MOST_DOMAINS) {
      throw Problem.invalid("domains", "At most " + MOST_DOMAINS + " domains.");
    }
    String secret = wanted.clientSecret() == null ? "" : wanted.clientSecret().strip();
    return new WantedProvider(
        line("name", wanted.name(), LONGEST_NAME),
        line("clientId", wanted.clientId(), LONGEST_SECRET),
        secret.isEmpty()
            ? Optional.empty()
            : Optional.of(line("clientSecret", secret, LONGEST_SECRET)),
        domains,
        joinRole(wanted.joinRole(), domains, roles),
        Boolean.TRUE.equals(wanted.exclusive()));
  }

  Map<String, @Nullable Object> params() {
    Map<String, @Nullable Object> params = new HashMap<>();
    params.put("name", name);
    params.put("clientId", clientId);
    params.put("domains", domains.toArray(String[]::new));
    params.put("joinRole", joinRole);
    params.put("exclusive", exclusive);
    return params;
  }

  /** The domain of an address, or one that was typed, as they are compared. */
  static String plain(String domain) {
    try {
      return IDN.toASCII(domain.strip().toLowerCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  private static String domain(String text) {
    String domain = plain(text.strip().startsWith("@") ? text.strip().substring(1) : text);
    if (!DOMAIN.matcher(domain).matches()) {
      throw Problem.invalid(
          "domains", "“" + text + "” is no mail domain; they are written like yourshop.example.");
    }
    return domain;
  }

  private static @Nullable String joinRole(
      @Nullable String role, List<String> domains, Roles roles) {
    if (role == null || role.isBlank()) {
      return null;
    }
    if (role.equals(BuiltInRole.owner.name()) || role.equals(BuiltInRole.guest.name())) {
      throw Problem.invalid(
          "joinRole", "Nobody becomes an owner or a guest by themselves: choose another role.");
    }
    if (roles.find(role).isEmpty()) {
      throw Problem.invalid("joinRole", "There is no role " + role + ".");
    }
    if (domains.isEmpty()) {
      throw Problem.invalid("domains", "Say people of which mail domains join by themselves.");
    }
    domains.stream()
        .filter(EVERYBODYS::contains)
        .findFirst()
        .ifPresent(domain -> {
          throw Problem.invalid(
              "domains", "Anybody can have an address at " + domain + ": invite people instead.");
        });
    return role;
  }

  private static String line(String field, String text, int longest) {
    String line = text.strip();
    if (line.isEmpty()
        || line.length() > longest
        || line.chars().anyMatch(Character::isISOControl)) {
      throw Problem.invalid(field, "1 to " + longest + " characters on one line.");
    }
    return line;
  }
}
