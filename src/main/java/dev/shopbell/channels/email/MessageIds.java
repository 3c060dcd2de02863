package dev.shopbell.channels.email;

import dev.shopbell.platform.html.PlainText;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads message identifiers out of Message-ID, In-Reply-To and References. */
final class MessageIds {
  /** RFC 5322 allows no longer line. */
  private static final int MAX_LENGTH = 998;

  private static final int MAX_IDS = 200;

  private MessageIds() {}

  static @Nullable String first(@Nullable String value) {
    List<String> all = value == null ? List.of() : parse(List.of(value));
    return all.isEmpty() ? null : all.getFirst();
  }

  /**
   * Without angle brackets, each once; of very many the last ones, which name the nearest mails.
   */
  static List<String> parse(List<String> values) {
    Set<String> ids = new LinkedHashSet<>();
    for (String value : values) {
      int before = ids.size();
      int at = 0;
      while (true) {
        int open = value.indexOf('<', at);
        int close = open < 0 ? -1 : value.indexOf('>', open);
        if (close < 0) {
          break;
        }
        int inner = value.lastIndexOf('<', close);
        add(ids, value.substring(inner + 1, close));
        at = close + 1;
      }
      if (ids.size() == before) {
        for (String word : value.split("[\\s,;<>]+", -1)) {
          if (word.indexOf('@') > 0 || (values.size() == 1 && word.equals(value.strip()))) {
            add(ids, word);
          }
        }
      }
    }
    List<String> list = new ArrayList<>(ids);
    return List.copyOf(list.subList(Math.max(0, list.size() - MAX_IDS), list.size()));
  }

  private static void add(Set<String> ids, String candidate) {
    String id = PlainText.oneLine(candidate).replace(" ", "");
    if (!id.isEmpty() && id.length() <= MAX_LENGTH) {
      ids.add(id);
    }
  }
}
