package dev.shopbell.channels.email.authentication;

import com.google.common.net.InternetDomainName;
import java.net.IDN;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Domains of mail, and which of them belong together. */
public final class Domains {
  private Domains() {}

  /**
   * The domain of an address, or a bare domain, in lower case and ASCII; null where it is none with
   * a dot in it.
   */
  public static @Nullable String of(@Nullable String address) {
    if (address == null) {
      return null;
    }
    String domain =
        address.substring(address.lastIndexOf('@') + 1).strip().toLowerCase(Locale.ROOT);
    if (domain.endsWith(".")) {
      domain = domain.substring(0, domain.length() - 1);
    }
    try {
      String ascii = IDN.toASCII(domain, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
      return ascii.length() <= 253 && ascii.matches("(?:[a-z0-9_-]{1,63}\\.)+[a-z0-9-]{2,63}")
          ? ascii
          : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /**
   * What was registered: {@code example.co.uk} of {@code mail.example.co.uk}, by the public suffix
   * list. Where the list does not know the last label, that is the suffix (its default rule).
   */
  public static String organisation(String domain) {
    if (InternetDomainName.isValid(domain)) {
      InternetDomainName name = InternetDomainName.from(domain);
      if (name.isPublicSuffix()) {
        return domain;
      }
      if (name.isUnderPublicSuffix()) {
        return name.topPrivateDomain().toString();
      }
    }
    int dot = domain.lastIndexOf('.');
    return domain.substring(domain.lastIndexOf('.', dot - 1) + 1);
  }

  /** Whether the one vouches for the other: equal, or of one organisation where that is enough. */
  static boolean aligned(String from, @Nullable String other, boolean strict) {
    return other != null
        && (strict ? from.equals(other) : organisation(from).equals(organisation(other)));
  }
}
