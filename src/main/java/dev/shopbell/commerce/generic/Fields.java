package dev.shopbell.commerce.generic;

import dev.shopbell.commerce.Money;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads an object by the letter, and says of what is wrong where it stands. A field that is null is
 * as one that is not there; one that nobody asked for is a mistake.
 */
final class Fields {
  static final int SHORT = 200;
  static final int TITLE = 1_000;
  static final int LONG = 20_000;

  private final JsonNode object;
  private final String path;
  private final Set<String> asked = new TreeSet<>();

  private Fields(JsonNode object, String path) {
    this.object = object;
    this.path = path;
  }

  /**
   * @param path as {@code items[3]}; empty for the whole body
   */
  static Fields of(JsonNode object, String path) throws WrongShape {
    if (!object.isObject()) {
      throw new WrongShape(path, "must be an object.");
    }
    return new Fields(object, path);
  }

  private String name(String field) {
    return path.isEmpty() ? field : path + "." + field;
  }

  WrongShape wrong(String field, String words) {
    return new WrongShape(name(field), words);
  }

  /** Ends the reading: nothing may be left. */
  void end() throws WrongShape {
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      if (!asked.contains(field.getKey())) {
        String unknown = field.getKey();
        throw wrong(
            unknown.length() > 60 ? unknown.substring(0, 60) + "…" : unknown,
            "is no field here. Known are " + String.join(", ", asked) + ".");
      }
    }
  }

  boolean has(String field) {
    asked.add(field);
    return !object.path(field).isMissingNode() && !object.path(field).isNull();
  }

  private JsonNode required(String field) throws WrongShape {
    if (!has(field)) {
      throw wrong(field, "is missing.");
    }
    return object.path(field);
  }

  String text(String field, int longest) throws WrongShape {
    JsonNode value = required(field);
    if (!value.isString()) {
      throw wrong(field, "must be a string.");
    }
    String text = value.stringValue().strip();
    if (text.isEmpty()) {
      throw wrong(field, "must not be empty.");
    }
    if (text.length() > longest) {
      throw wrong(field, "is longer than " + longest + " characters.");
    }
    return text;
  }

  /** Null where it is not there, or empty. */
  @Nullable String textOrNull(String field, int longest) throws WrongShape {
    boolean empty =
        !has(field)
            || (object.path(field).isString() && object.path(field).stringValue().isBlank());
    return empty ? null : text(field, longest);
  }

  @Nullable String urlOrNull(String field) throws WrongShape {
    String url = textOrNull(field, 2_000);
    if (url != null && !url.matches("(?i)https?://\\S+")) {
      throw wrong(field, "must be an address that begins with https://.");
    }
    return url;
  }

  Instant time(String field) throws WrongShape {
    String text = text(field, SHORT);
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw wrong(field, "must be a time with its zone, as 2026-11-20T10:15:00Z.");
    }
  }

  @Nullable Instant timeOrNull(String field) throws WrongShape {
    return has(field) ? time(field) : null;
  }

  String currency(String field) throws WrongShape {
    String code = text(field, SHORT);
    try {
      if (code.matches("[A-Z]{3}")) {
        Money.digits(code);
        return code;
      }
    } catch (IllegalArgumentException e) {
      // said below
    }
    throw wrong(field, "must be a currency by ISO 4217, as EUR.");
  }

  /** In the smallest unit of the currency. */
  long money(String field, String currency) throws WrongShape {
    JsonNode value = required(field);
    int digits = Money.digits(currency);
    String example = "\"" + Money.decimal(1990 * (digits == 3 ? 10 : 1), currency) + "\"";
    if (!value.isString() || !value.stringValue().matches("-?\\d{1,15}(\\.\\d{1,8})?")) {
      throw wrong(field, "must be an amount in a string, with a point, as " + example + ".");
    }
    try {
      return Money.minor(value.stringValue(), currency);
    } catch (ArithmeticException e) {
      throw wrong(
          field, "has more digits behind the point than " + currency + " has: " + digits + ".");
    }
  }

  long moneyOrZero(String field, String currency) throws WrongShape {
    return has(field) ? money(field, currency) : 0;
  }

  int count(String field) throws WrongShape {
    JsonNode value = required(field);
    if (!value.isIntegralNumber() || !value.canConvertToInt() || value.asInt() < 0) {
      throw wrong(field, "must be a whole number from 0.");
    }
    return value.asInt();
  }

  @Nullable Integer countOrNull(String field) throws WrongShape {
    return has(field) ? count(field) : null;
  }

  boolean flag(String field, boolean otherwise) throws WrongShape {
    if (!has(field)) {
      return otherwise;
    }
    if (!object.path(field).isBoolean()) {
      throw wrong(field, "must be true or false.");
    }
    return object.path(field).booleanValue();
  }

  <E extends Enum<E>> E choice(String field, Class<E> type) throws WrongShape {
    String text = text(field, SHORT);
    for (E constant : type.getEnumConstants()) {
      if (constant.name().equals(text)) {
        return constant;
      }
    }
    String known =
        String.join(", ", Arrays.stream(type.getEnumConstants()).map(Enum::name).toList());
    throw wrong(field, "must be one of " + known + ".");
  }

  JsonNode object(String field) throws WrongShape {
    JsonNode value = required(field);
    if (!value.isObject()) {
      throw wrong(field, "must be an object.");
    }
    return value;
  }

  @Nullable Fields objectOrNull(String field) throws WrongShape {
    return has(field) ? of(object.path(field), name(field)) : null;
  }

  /** An item of a list. */
  @FunctionalInterface
  interface Reader<T> {
    T read(Fields fields) throws WrongShape;
  }

  /** Empty where it is not there. */
  <T> List<T> list(String field, int most, Reader<T> reader) throws WrongShape {
    List<T> read = new ArrayList<>();
    int at = 0;
    for (JsonNode item : array(field, most)) {
      Fields fields = of(item, name(field) + "[" + at++ + "]");
      read.add(reader.read(fields));
      fields.end();
    }
    return List.copyOf(read);
  }

  List<JsonNode> array(String field, int most) throws WrongShape {
    if (!has(field)) {
      return List.of();
    }
    JsonNode value = object.path(field);
    if (!value.isArray()) {
      throw wrong(field, "must be a list.");
    }
    if (value.size() > most) {
      throw wrong(field, "has more than " + most + " entries.");
    }
    return List.copyOf(value.values());
  }

  List<String> texts(String field, int most) throws WrongShape {
    List<String> texts = new ArrayList<>();
    for (JsonNode text : array(field, most)) {
      if (!text.isString()) {
        throw wrong(field, "must be a list of strings.");
      }
      texts.add(text.stringValue());
    }
    return List.copyOf(texts);
  }

  /** Names and values; empty where it is not there. */
  Map<String, String> texts(String field) throws WrongShape {
    if (!has(field)) {
      return Map.of();
    }
    JsonNode value = object.path(field);
    if (!value.isObject() || value.size() > 100) {
      throw wrong(field, "must be an object of strings with 100 fields at most.");
    }
    Map<String, String> texts = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> one : value.properties()) {
      boolean good = one.getValue().isString() && one.getValue().stringValue().length() <= TITLE;
      if (!good || one.getKey().isBlank() || one.getKey().length() > SHORT) {
        throw wrong(field, "must be an object of strings of 1000 characters at most.");
      }
      texts.put(one.getKey(), one.getValue().stringValue());
    }
    return texts;
  }
}
