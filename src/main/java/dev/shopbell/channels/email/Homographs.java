package dev.shopbell.channels.email;

/** Words that look Latin, but borrow letters from another alphabet to slip past filters. */
final class Homographs {
  private static final int SHORTEST = 4;

  private Homographs() {}

  /** How many words of at least four letters are Latin with some Cyrillic or Greek among them. */
  static int in(String text) {
    int mixed = 0;
    int latin = 0;
    int other = 0;
    for (int i = 0; i <= text.length(); i++) {
      char c = i < text.length() ? text.charAt(i) : ' ';
      if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= 0xC0 && c < 0x250)) {
        latin++;
      } else if ((c >= 0x0400 && c <= 0x052F) || (c >= 0x0370 && c <= 0x03FF && c != 'µ')) {
        other++;
      } else {
        if (other > 0 && latin >= other && latin + other >= SHORTEST) {
          mixed++;
        }
        latin = 0;
        other = 0;
      }
    }
    return mixed;
  }
}
