package dev.shopbell.channels.email;

import org.jspecify.annotations.Nullable;

/** What went wrong with a mail, in plain words, each thing once. */
final class Problems {
  private final StringBuilder text = new StringBuilder();

  void add(String sentence) {
    if (text.indexOf(sentence) < 0) {
      text.append(text.isEmpty() ? "" : " ").append(sentence);
    }
  }

  @Nullable String text() {
    return text.isEmpty() ? null : text.toString();
  }
}
