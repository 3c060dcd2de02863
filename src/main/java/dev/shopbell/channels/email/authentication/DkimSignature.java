package dev.shopbell.channels.email.authentication;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A DKIM-Signature header, as far as RFC 6376 (3.5), 8301 and 8463 let it be used.
 *
 * @param algorithm {@code rsa} or {@code ed25519}, always with SHA-256
 * @param domain that signs, in lower case
 * @param identity the domain of {@code i=}, which is that domain or below it
 * @param signed names of the signed fields in lower case, in the order of the signature
 */
record DkimSignature(
    RawHead.Field field,
    String algorithm,
    String domain,
    String identity,
    String selector,
    Canonical head,
    Canonical body,
    List<String> signed,
    byte[] bodyHash,
    byte[] signature) {
  /** Clocks differ. */
  private static final Duration TOLERANCE = Duration.ofHours(3);

  sealed interface Reading {
    record Usable(DkimSignature signature) implements Reading {}

    /**
     * @param result permerror, or policy where it could be true and is not enough
     */
    record Unusable(@Nullable String domain, String result, String words) implements Reading {}
  }

  static Reading read(RawHead.Field field, Instant now) {
    TagList tags = TagList.parse(field.value());
    if (tags == null) {
      return new Reading.Unusable(null, "permerror", "cannot be read");
    }
    String domain = tags.tight("d").toLowerCase(Locale.ROOT);
    String selector = tags.tight("s");
    List<String> signed =
        Arrays.stream(tags.tight("h").toLowerCase(Locale.ROOT).split(":", -1)).toList();
    String[] forms = tags.get("c", "simple/simple").split("/", -1);
    Canonical head = form(forms[0]);
    Canonical body = form(forms.length > 1 ? forms[1] : "simple");
    String identity = identity(tags, domain);
    byte[] hash = decoded(tags.tight("bh"));
    byte[] signature = decoded(tags.tight("b"));
    if (!tags.get("v", "").equals("1")
        || domain.isEmpty()
        || selector.isEmpty()
        || identity == null
        || head == null
        || body == null
        || hash == null
        || signature == null
        || !signed.contains("from")
        || !dns(tags)) {
      return new Reading.Unusable(domain.isEmpty() ? null : domain, "permerror", "cannot be read");
    }
    String algorithm =
        switch (tags.tight("a").toLowerCase(Locale.ROOT)) {
          case "rsa-sha256" -> "rsa";
          case "ed25519-sha256" -> "ed25519";
          default -> "";
        };
    if (algorithm.isEmpty()) {
      return new Reading.Unusable(domain, "permerror", "uses a method that is no longer safe");
    }
    if (tags.get("l") != null) {
      // Anybody could add text below the part that is signed.
      return new Reading.Unusable(domain, "policy", "covers only a part of the mail");
    }
    Instant made = instant(tags.get("t"));
    Instant expires = instant(tags.get("x"));
    if (made != null && made.isAfter(now.plus(TOLERANCE))) {
      return new Reading.Unusable(domain, "permerror", "is from the future");
    }
    if (expires != null && expires.isBefore(now)) {
      return new Reading.Unusable(domain, "permerror", "has expired");
    }
    return new Reading.Usable(
        new DkimSignature(
            field, algorithm, domain, identity, selector, head, body, signed, hash, signature));
  }

  private static @Nullable String identity(TagList tags, String domain) {
    String identity = tags.tight("i").toLowerCase(Locale.ROOT);
    if (identity.isEmpty()) {
      return domain;
    }
    String of = identity.substring(identity.lastIndexOf('@') + 1);
    return of.equals(domain) || of.endsWith("." + domain) ? of : null;
  }

  private static boolean dns(TagList tags) {
    return Arrays.asList(tags.get("q", "dns/txt").replaceAll("\\s", "").split(":", -1))
        .contains("dns/txt");
  }

  private static @Nullable Canonical form(String name) {
    return switch (name.strip().toLowerCase(Locale.ROOT)) {
      case "simple" -> Canonical.simple;
      case "relaxed" -> Canonical.relaxed;
      default -> null;
    };
  }

  private static byte @Nullable [] decoded(String base64) {
    try {
      return base64.isEmpty() ? null : Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static @Nullable Instant instant(@Nullable String seconds) {
    return seconds == null || !seconds.matches("\\d{1,12}")
        ? null
        : Instant.ofEpochSecond(Long.parseLong(seconds));
  }

  /** The field itself with an empty {@code b=}: over that it was signed. */
  RawHead.Field unsigned() {
    byte[] raw = field.raw();
    ByteArrayOutputStream rest = new ByteArrayOutputStream(raw.length);
    int at = indexOf(raw, ':', 0) + 1;
    rest.write(raw, 0, at);
    while (at < raw.length) {
      int end = indexOf(raw, ';', at);
      int sign = indexOf(raw, '=', at);
      boolean isSignature =
          sign < end
              && new String(raw, at, sign - at, StandardCharsets.ISO_8859_1).strip().equals("b");
      rest.write(raw, at, (isSignature ? sign + 1 : end) - at);
      if (end < raw.length) {
        rest.write(';');
      }
      at = end + 1;
    }
    return new RawHead.Field(field.name(), rest.toByteArray());
  }

  private static int indexOf(byte[] raw, char wanted, int from) {
    int at = from;
    while (at < raw.length && raw[at] != wanted) {
      at++;
    }
    return at;
  }
}
