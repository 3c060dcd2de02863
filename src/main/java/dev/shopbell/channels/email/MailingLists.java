package dev.shopbell.channels.email;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which mailing lists a mail came over, by RFC 2369, RFC 2919 and what programs set besides. */
final class MailingLists {
  private static final Pattern ADDRESS = Pattern.compile("[\\w.+=-]{1,64}@[\\w.-]{1,255}");
  private static final Pattern LIST_ID = Pattern.compile("<\\s*([\\w.@+=-]{3,255})\\s*>");

  private MailingLists() {}

  static boolean isList(MailHeaders headers) {
    return headers.has("List-Post")
        || headers.has("List-Id")
        || headers.has("Mailing-List")
        || headers.has("X-Mailing-List")
        || headers.has("X-Google-Group-Id");
  }

  /** The addresses of the lists; of a List-Id both readings, with a dot or a sign. */
  static List<String> addresses(MailHeaders headers) {
    Set<String> found = new LinkedHashSet<>();
    for (String name : List.of("List-Post", "Mailing-List", "X-Mailing-List", "X-BeenThere")) {
      for (String value : headers.all(name)) {
        Matcher matcher = ADDRESS.matcher(value);
        if (matcher.find()) {
          found.add(matcher.group().toLowerCase(Locale.ROOT));
        }
      }
    }
    for (String value : headers.all("List-Id")) {
      Matcher id = LIST_ID.matcher(value.indexOf('<') < 0 ? "<" + value.strip() + ">" : value);
      if (id.find()) {
        String named = id.group(1).toLowerCase(Locale.ROOT);
        int dot = named.indexOf('.');
        found.add(
            named.indexOf('@') >= 0 || dot < 0
                ? named
                : named.substring(0, dot) + "@" + named.substring(dot + 1));
      }
    }
    return List.copyOf(found);
  }
}
