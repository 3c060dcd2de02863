package dev.shopbell.staff;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Comma-separated values (RFC 4180), each in quotes. What a spreadsheet would take for a formula is
 * led by an apostrophe, as OWASP advises: people choose their names, and others open the file.
 */
final class CsvText {
  private static final String FORMULA = "=+-@\t\r";

  private final StringBuilder text = new StringBuilder();

  CsvText(String... columns) {
    row((Object[]) columns);
  }

  void row(@Nullable Object... values) {
    text.append(Arrays.stream(values).map(CsvText::cell).collect(Collectors.joining(",")))
        .append("\r\n");
  }

  private static String cell(@Nullable Object value) {
    String plain = value == null ? "" : value.toString();
    boolean formula = !plain.isEmpty() && FORMULA.indexOf(plain.charAt(0)) >= 0;
    return '"' + (formula ? "'" : "") + plain.replace("\"", "\"\"") + '"';
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
