package dev.shopbell.channels.email.authentication;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code v=1; a=rsa-sha256; …} as RFC 6376 (3.2) writes it, also used by DMARC. */
record TagList(Map<String, String> values) {
  /** Null where it is none, or names a tag twice. */
  static @Nullable TagList parse(String text) {
    Map<String, String> values = new LinkedHashMap<>();
    for (String tag : text.split(";", -1)) {
      if (tag.isBlank()) {
        continue;
      }
      int sign = tag.indexOf('=');
      if (sign < 0
          || values.putIfAbsent(tag.substring(0, sign).strip(), tag.substring(sign + 1).strip())
              != null) {
        return null;
      }
    }
    return new TagList(values);
  }

  @Nullable String get(String name) {
    return values.get(name);
  }

  String get(String name, String otherwise) {
    return values.getOrDefault(name, otherwise);
  }

  /** The value without any white space, as base64 and lists may be folded. */
  String tight(String name) {
    return get(name, "").replaceAll("\\s+", "");
  }

  /** The name of the first tag; empty where there is none. */
  String first() {
    return values.isEmpty() ? "" : values.keySet().iterator().next();
  }
}
