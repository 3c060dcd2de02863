package dev.shopbell.platform.web;

import java.util.Locale;
import java.util.regex.Pattern;

/** Input that several rooms take, checked in the same words everywhere. */
public final class Checked {
  private static final Pattern ADDRESS =
      Pattern.compile(
          "[^@\\s\\p{Cntrl}<>,;:\"()\\[\\]\\\\]{1,64}@[^@\\s\\p{Cntrl}<>,;:\"()]{1,253}");

  private Checked() {}

  /**
   * A mail address as it is compared and stored: trimmed, in lower case.
   *
   * @throws Problem if it does not look like one
   */
  public static String mailAddress(String field, String text) {
    String address = text.strip().toLowerCase(Locale.ROOT);
    if (!ADDRESS.matcher(address).matches()) {
      throw Problem.invalid(field, "“" + text + "” does not look like a mail address.");
    }
    return address;
  }
}
