package dev.shopbell.commerce.shopify;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * As much of GraphQL as a fake server needs: reads a whole document and answers exactly what it
 * asks for. What is asked for and is not there is an error, as it is at Shopify.
 */
final class GraphQl {
  /** Answers one field, from its arguments. */
  @FunctionalInterface
  interface Resolver extends Function<Map<String, Object>, Object> {}

  /** The answer is an error of the whole request. */
  static final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1;
    final String code;
    final Map<String, Object> extensions;

    Failure(String code, String message, Map<String, Object> more) {
      super(message);
      this.code = code;
      this.extensions = new LinkedHashMap<>(more);
      this.extensions.put("code", code);
    }
  }

  private sealed interface Selection {
    record Field(
        String alias,
        String name,
        Map<String, Object> arguments,
        Map<String, Map<String, Object>> directives,
        List<Selection> selections)
        implements Selection {}

    record Part(String type, List<Selection> selections) implements Selection {}

    record Spread(String name) implements Selection {}
  }

  private record Variable(String name) {}

  private static final Pattern TOKEN =
      Pattern.compile(
          "\\s*(?:#[^\\n]*\\s*)*(\\.\\.\\.|[A-Za-z_][A-Za-z0-9_]*|-?[0-9]+(?:\\.[0-9]+)?"
              + "|\"(?:[^\"\\\\]|\\\\.)*\"|[{}()\\[\\]:!$@=,|&])");

  private final List<String> tokens = new ArrayList<>();
  private int at;
  private String operation = "query";
  private final Map<String, Boolean> declared = new HashMap<>();
  private List<Selection> selections = List.of();
  private final Map<String, Selection.Part> fragments = new HashMap<>();
  private Map<String, Object> variables = Map.of();

  GraphQl(String document) {
    Matcher matcher = TOKEN.matcher(document);
    int end = 0;
    while (end < document.length() && matcher.find(end) && matcher.start() == end) {
      if (!matcher.group(1).equals(",")) {
        tokens.add(matcher.group(1));
      }
      end = matcher.end();
    }
    if (!document.substring(end).isBlank()) {
      throw syntax(document.substring(end, Math.min(document.length(), end + 20)));
    }
    while (at < tokens.size()) {
      definition();
    }
  }

  boolean isMutation() {
    return operation.equals("mutation");
  }

  /** The fields at the top, by name. */
  List<String> asked() {
    return selections.stream().map(one -> ((Selection.Field) one).name()).toList();
  }

  private static Failure syntax(String near) {
    return new Failure("PARSE_ERROR", "syntax error near " + near, Map.of());
  }

  private String next() {
    if (at == tokens.size()) {
      throw syntax("the end");
    }
    return tokens.get(at++);
  }

  private boolean isNext(String token) {
    return at < tokens.size() && tokens.get(at).equals(token);
  }

  private boolean skip(String token) {
    if (isNext(token)) {
      at++;
      return true;
    }
    return false;
  }

  private void expect(String token) {
    String found = next();
    if (!found.equals(token)) {
      throw syntax(found);
    }
  }

  private void definition() {
    String kind = next();
    switch (kind) {
      case "query", "mutation" -> {
        operation = kind;
        if (!isNext("{") && !isNext("(")) {
          next();
        }
        if (skip("(")) {
          while (!skip(")")) {
            expect("$");
            String name = next();
            expect(":");
            declared.put(name, type());
          }
        }
        selections = selections();
      }
      case "fragment" -> {
        String name = next();
        expect("on");
        fragments.put(name, new Selection.Part(next(), selections()));
      }
      default -> throw syntax(kind);
    }
  }

  /** Whether it must be given. */
  private boolean type() {
    if (skip("[")) {
      type();
      expect("]");
    } else {
      next();
    }
    return skip("!");
  }

  private List<Selection> selections() {
    expect("{");
    List<Selection> all = new ArrayList<>();
    while (!skip("}")) {
      if (skip("...")) {
        all.add(
            skip("on") ? new Selection.Part(next(), selections()) : new Selection.Spread(next()));
      } else {
        String alias = next();
        String name = skip(":") ? next() : alias;
        Map<String, Object> arguments = isNext("(") ? arguments() : Map.of();
        Map<String, Map<String, Object>> directives = new LinkedHashMap<>();
        while (skip("@")) {
          directives.put(next(), isNext("(") ? arguments() : Map.of());
        }
        all.add(
            new Selection.Field(
                alias, name, arguments, directives, isNext("{") ? selections() : List.of()));
      }
    }
    return all;
  }

  private Map<String, Object> arguments() {
    expect("(");
    Map<String, Object> arguments = new LinkedHashMap<>();
    while (!skip(")")) {
      String name = next();
      expect(":");
      arguments.put(name, value());
    }
    return arguments;
  }

  private Object value() {
    String token = next();
    if (token.equals("$")) {
      return new Variable(next());
    }
    if (token.equals("[")) {
      List<Object> list = new ArrayList<>();
      while (!skip("]")) {
        list.add(value());
      }
      return list;
    }
    if (token.equals("{")) {
      Map<String, Object> object = new LinkedHashMap<>();
      while (!skip("}")) {
        String name = next();
        expect(":");
        object.put(name, value());
      }
      return object;
    }
    return switch (token.charAt(0)) {
      case '"' -> token.substring(1, token.length() - 1).translateEscapes();
      case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' ->
          token.contains(".") ? (Object) Double.valueOf(token) : Integer.valueOf(token);
      default ->
          token.equals("true") || token.equals("false") ? (Object) Boolean.valueOf(token) : token;
    };
  }

  /**
   * @param root what the fields at the top are
   */
  Map<String, Object> run(Map<String, Object> root, Map<String, Object> given) {
    variables = given;
    declared.forEach((name, needed) -> {
      if (needed && given.get(name) == null) {
        throw new Failure(
            "INVALID_VARIABLE",
            "Variable $" + name + " of required type was provided invalid value",
            Map.of());
      }
    });
    Map<String, Object> answer = new LinkedHashMap<>();
    select(root, isMutation() ? "Mutation" : "QueryRoot", selections, answer);
    return answer;
  }

  private void select(
      Map<String, Object> from, String type, List<Selection> wanted, Map<String, Object> into) {
    for (Selection selection : wanted) {
      switch (selection) {
        case Selection.Field field -> {
          if (included(field)) {
            into.put(field.alias(), field(from, type, field));
          }
        }
        case Selection.Part part -> {
          if (part.type().equals(type)) {
            select(from, type, part.selections(), into);
          }
        }
        case Selection.Spread spread -> {
          Selection.Part part = fragments.get(spread.name());
          if (part == null) {
            throw undefined("Fragment " + spread.name() + " was used, but not defined");
          }
          if (part.type().equals(type)) {
            select(from, type, part.selections(), into);
          }
        }
      }
    }
  }

  private boolean included(Selection.Field field) {
    Map<String, Object> include = field.directives().get("include");
    return include == null || Boolean.TRUE.equals(resolved(include.get("if")));
  }

  private Object field(Map<String, Object> from, String type, Selection.Field field) {
    if (!from.containsKey(field.name())) {
      throw undefined("Field '" + field.name() + "' doesn't exist on type '" + type + "'");
    }
    Object value = from.get(field.name());
    Map<String, Object> arguments = new HashMap<>();
    field.arguments().forEach((name, given) -> arguments.put(name, resolved(given)));
    Map<String, Object> once = field.directives().get("idempotent");
    if (once != null) {
      arguments.put("@idempotent.key", resolved(once.get("key")));
    }
    if (value instanceof Resolver resolver) {
      value = resolver.apply(arguments);
    } else if (!arguments.isEmpty()) {
      throw undefined("Field '" + field.name() + "' doesn't accept arguments");
    }
    return shown(value, field);
  }

  @SuppressWarnings("unchecked")
  private Object shown(Object value, Selection.Field field) {
    return switch (value) {
      case null -> null;
      case List<?> list -> {
        List<Object> all = new ArrayList<>();
        list.forEach(one -> all.add(shown(one, field)));
        yield all;
      }
      case Map<?, ?> map -> {
        if (field.selections().isEmpty()) {
          throw undefined("Field must have selections: " + field.name());
        }
        Map<String, Object> into = new LinkedHashMap<>();
        Map<String, Object> object = (Map<String, Object>) map;
        select(object, String.valueOf(object.get("__typename")), field.selections(), into);
        yield into;
      }
      default -> {
        if (!field.selections().isEmpty()) {
          throw undefined("Selections can't be made on scalars: " + field.name());
        }
        yield value;
      }
    };
  }

  private static Failure undefined(String message) {
    return new Failure("undefinedField", message, Map.of());
  }

  private Object resolved(Object value) {
    return switch (value) {
      case Variable variable -> {
        if (!declared.containsKey(variable.name())) {
          throw undefined("Variable $" + variable.name() + " is used but not declared");
        }
        yield variables.get(variable.name());
      }
      case List<?> list -> list.stream().map(this::resolved).toList();
      case Map<?, ?> map -> {
        Map<String, Object> all = new LinkedHashMap<>();
        map.forEach((name, one) -> all.put(String.valueOf(name), resolved(one)));
        yield all;
      }
      case null -> null;
      default -> value;
    };
  }

  // What a resolver answers

  static Map<String, Object> node(String type, Object... fields) {
    Map<String, Object> node = new LinkedHashMap<>();
    node.put("__typename", type);
    for (int i = 0; i < fields.length; i += 2) {
      node.put((String) fields[i], fields[i + 1]);
    }
    return node;
  }

  static Resolver list(List<Map<String, Object>> all) {
    return arguments -> {
      int first = (int) arguments.getOrDefault("first", all.size());
      return all.subList(0, Math.min(first, all.size()));
    };
  }

  static Resolver connection(String type, List<Map<String, Object>> all) {
    return arguments -> {
      if (!(arguments.get("first") instanceof Integer first)) {
        throw new Failure("BAD_REQUEST", "you must provide one of first or last", Map.of());
      }
      int from = arguments.get("after") instanceof String after ? Integer.parseInt(after) : 0;
      int to = Math.min(all.size(), from + first);
      return node(
          type + "Connection",
          "nodes",
          all.subList(from, to),
          "pageInfo",
          node(
              "PageInfo",
              "hasNextPage",
              to < all.size(),
              "endCursor",
              to == 0 ? null : String.valueOf(to)));
    };
  }
}
