package dev.shopbell.platform.web;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where a page ends, opaque to the caller. It grants nothing: the next page is filtered like the
 * first.
 */
public record Cursor(List<String> parts) {
  public static Cursor of(Object... parts) {
    return new Cursor(Arrays.stream(parts).map(String::valueOf).toList());
  }

  /**
   * @throws Problem if it is not a cursor of that many parts
   */
  public static @Nullable Cursor parse(@Nullable String text, int parts) {
    if (text == null || text.isEmpty()) {
      return null;
    }
    try {
      String decoded = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
      List<String> read = List.of(decoded.split("\\|", -1));
      if (read.size() == parts) {
        return new Cursor(read);
      }
    } catch (IllegalArgumentException e) {
      throw unknown();
    }
    throw unknown();
  }

  public long number(int part) {
    try {
      return Long.parseLong(parts.get(part));
    } catch (NumberFormatException e) {
      throw unknown();
    }
  }

  public Instant instant(int part) {
    try {
      Instant at = Instant.parse(parts.get(part));
      int year = at.atOffset(ZoneOffset.UTC).getYear();
      if (year < 0 || year > 9999) {
        throw unknown();
      }
      return at;
    } catch (DateTimeException e) {
      throw unknown();
    }
  }

  private static Problem unknown() {
    return Problem.invalid("cursor", "The cursor is not one that this list has given.");
  }

  @Override
  public String toString() {
    String text = parts.stream().collect(Collectors.joining("|"));
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
