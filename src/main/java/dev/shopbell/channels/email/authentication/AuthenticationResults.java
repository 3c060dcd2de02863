package dev.shopbell.channels.email.authentication;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The header Authentication-Results (RFC 8601): what a mail server found out about a sender.
 * Anybody can write one, so it is worth what the server is worth whose name stands in it, and only
 * where that server takes away those that came with the mail.
 *
 * @param server the authserv-id; empty where the header names none, as Microsoft's do
 */
public record AuthenticationResults(String server, List<Method> methods) {
  private static final String FIELD = "authentication-results";
  private static final int MOST_METHODS = 50;

  /**
   * @param name such as dkim, in lower case
   * @param properties such as {@code header.d}, names in lower case; also the reason
   * @param comment what stands in brackets
   */
  public record Method(String name, String result, Map<String, String> properties, String comment) {
    String property(String key) {
      return properties.getOrDefault(key, "");
    }
  }

  /** Never throws. What cannot be read of it is left out. */
  public static AuthenticationResults parse(String value) {
    return new Parser(value).parsed();
  }

  /**
   * The methods of the topmost header of a trusted server, and of those next to it where its server
   * writes one for each method. Another one below a Received is from an earlier hop, or forged.
   */
  static Optional<List<Method>> trusted(RawHead head, Collection<String> servers) {
    List<Method> methods = new ArrayList<>();
    boolean found = false;
    for (RawHead.Field field : head.fields()) {
      if (found && field.name().equals("received")) {
        break;
      }
      if (field.name().equals(FIELD)) {
        AuthenticationResults results = parse(field.value());
        if (servers.stream().anyMatch(results.server()::equalsIgnoreCase)) {
          found = true;
          methods.addAll(results.methods());
        }
      }
    }
    return found ? Optional.of(methods) : Optional.empty();
  }

  private static final class Parser {
    private final String text;
    private final StringBuilder comment = new StringBuilder();
    private int at;

    Parser(String text) {
      this.text = text;
    }

    AuthenticationResults parsed() {
      skip();
      int start = at;
      String server = word(";=(");
      skip();
      if (next('=')) {
        server = "";
        at = start;
      } else {
        // the version
        word(";(");
        rest();
      }
      List<Method> methods = new ArrayList<>();
      while (at < text.length() && methods.size() < MOST_METHODS) {
        method().ifPresent(methods::add);
        rest();
      }
      return new AuthenticationResults(server, List.copyOf(methods));
    }

    private Optional<Method> method() {
      comment.setLength(0);
      skip();
      String name = word(";=(/").toLowerCase(Locale.ROOT);
      skip();
      if (next('/')) {
        at++;
        word(";=(");
        skip();
      }
      if (name.isEmpty() || !next('=')) {
        return Optional.empty();
      }
      at++;
      skip();
      String result = word(";=(").toLowerCase(Locale.ROOT);
      Map<String, String> properties = new LinkedHashMap<>();
      skip();
      while (at < text.length() && !next(';')) {
        String key = word(";=(").toLowerCase(Locale.ROOT);
        skip();
        if (key.isEmpty() || !next('=')) {
          break;
        }
        at++;
        skip();
        properties.putIfAbsent(key, word(";("));
        skip();
      }
      return Optional.of(new Method(name, result, Map.copyOf(properties), comment.toString()));
    }

    private boolean next(char c) {
      return at < text.length() && text.charAt(at) == c;
    }

    /** Up to white space or one of the characters, or what stands between quotes. */
    private String word(String ends) {
      if (next('"')) {
        return quoted();
      }
      int start = at;
      while (at < text.length()
          && !Character.isWhitespace(text.charAt(at))
          && ends.indexOf(text.charAt(at)) < 0) {
        at++;
      }
      return text.substring(start, at);
    }

    private String quoted() {
      StringBuilder word = new StringBuilder();
      for (at++; at < text.length() && !next('"'); at++) {
        if (next('\\') && at + 1 < text.length()) {
          at++;
        }
        word.append(text.charAt(at));
      }
      at = Math.min(at + 1, text.length());
      return word.toString();
    }

    /** White space and comments. */
    private void skip() {
      while (at < text.length()) {
        if (next('(')) {
          comment();
        } else if (Character.isWhitespace(text.charAt(at))) {
          at++;
        } else {
          return;
        }
      }
    }

    private void comment() {
      int depth = 0;
      int start = at;
      for (; at < text.length(); at++) {
        char c = text.charAt(at);
        if (c == '\\') {
          at++;
        } else if (c == '(') {
          depth++;
        } else if (c == ')' && --depth == 0) {
          comment.append(text, start + 1, at).append(' ');
          at++;
          return;
        }
      }
      at = text.length();
    }

    /** Behind the next semicolon that stands in no quotes and no comment. */
    private void rest() {
      while (at < text.length()) {
        if (next('"')) {
          quoted();
        } else if (next('(')) {
          comment();
        } else if (text.charAt(at++) == ';') {
          return;
        }
      }
    }
  }
}
