package dev.shopbell.channels.email;

import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The words of a mail as numbers: enough to compare mails, too little to read them. */
final class SpamWords {
  static final int BITS = 18;
  private static final int MOST = 200;
  private static final int LONGEST = 8_000;

  private SpamWords() {}

  /** Different ones, in the order of the mail; where it comes from and leads to first. */
  static Set<Integer> of(ParsedMail mail) {
    Set<Integer> tokens = new LinkedHashSet<>();
    if (mail.from() != null) {
      tokens.add(hash("from " + Mailboxes.domain(mail.from().address())));
    }
    SpamLinks.of(mail).hosts().forEach(host -> tokens.add(hash("link " + host)));
    for (MailAttachment file : mail.attachments()) {
      tokens.add(hash("file " + ending(file.name())));
    }
    Words words = Words.of(mail.subject() + "\n" + mail.text(), LONGEST);
    for (String word : words.all()) {
      if (tokens.size() >= MOST) {
        break;
      }
      if (word.length() >= 3 && word.length() <= 24 && !Character.isDigit(word.charAt(0))) {
        tokens.add(hash(word));
      }
    }
    String unspaced = words.unspaced();
    for (int i = 0; i + 2 <= unspaced.length() && tokens.size() < MOST; i++) {
      if (Words.isUnspaced(unspaced.charAt(i)) && Words.isUnspaced(unspaced.charAt(i + 1))) {
        tokens.add(hash(unspaced.substring(i, i + 2)));
      }
    }
    return tokens;
  }

  private static String ending(@Nullable String name) {
    return name == null ? "" : name.substring(name.lastIndexOf('.') + 1);
  }

  /** Spread well over its bits, and the same on every machine: it is stored. */
  private static int hash(String word) {
    int hash = 0x811C9DC5;
    for (int i = 0; i < word.length(); i++) {
      hash = (hash ^ word.charAt(i)) * 0x01000193;
    }
    hash ^= hash >>> 15;
    hash *= 0x2C1B3C6D;
    hash ^= hash >>> 12;
    return hash >>> (32 - BITS);
  }
}
