package dev.shopbell.platform.html;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a style attribute and admits only known properties with values of a known, harmless shape.
 * Nothing that places an element outside of the flow, loads something or runs something has a
 * shape.
 */
final class InlineStyle {
  private static final int MAX_STYLE = 10_000;
  private static final Pattern NAME = Pattern.compile("-?[a-z][a-z-]{1,40}");
  private static final Pattern COLOR =
      Pattern.compile(
          "[a-z]{3,24}|#[0-9a-f]{3}|#[0-9a-f]{4}|#[0-9a-f]{6}|#[0-9a-f]{8}"
              + "|(?:rgb|hsl)a?\\([0-9., %/deg]{3,60}\\)");

  private static final Pattern LENGTH =
      Pattern.compile("(-?)([0-9]{0,5}(?:\\.[0-9]{1,6})?)(px|pt|pc|em|rem|ex|ch|in|cm|mm|%)?");

  private static final Pattern FONT =
      Pattern.compile("([\"']?)[\\p{L}\\p{N}_][\\p{L}\\p{N}_. -]{0,80}\\1");

  private static final Set<String> BORDER_STYLES =
      Set.of(
          "none", "hidden", "dotted", "dashed", "solid", "double", "groove", "ridge", "inset",
          "outset");

  private static final Set<String> WIDTH_WORDS = Set.of("thin", "medium", "thick");
  private static final Map<String, Shape> SHAPES = shapes();

  private final Map<String, String> declarations;

  private static final Pattern SPACES = Pattern.compile("\\s+");
  private static final Pattern IMPORTANT = Pattern.compile("(?i) ?! ?important$");

  private InlineStyle(Map<String, String> declarations) {
    this.declarations = declarations;
  }

  @FunctionalInterface
  private interface Shape {
    boolean admits(String value);
  }

  static InlineStyle parse(String style) {
    Map<String, String> declarations = new LinkedHashMap<>();
    if (style.length() <= MAX_STYLE) {
      for (String declaration : split(style)) {
        int colon = declaration.indexOf(':');
        String name = declaration.substring(0, Math.max(colon, 0)).strip().toLowerCase(Locale.ROOT);
        if (NAME.matcher(name).matches()) {
          String value = SPACES.matcher(declaration.substring(colon + 1).strip()).replaceAll(" ");
          value = IMPORTANT.matcher(value).replaceFirst("");
          if (!name.equals("font-family")) {
            value = value.toLowerCase(Locale.ROOT);
          }
          declarations.remove(name);
          declarations.put(name, value);
        }
      }
    }
    return new InlineStyle(declarations);
  }

  /** Whether a reader of the mail would not see what the element holds. */
  boolean hides() {
    String display = declarations.getOrDefault("display", "");
    String visibility = declarations.getOrDefault("visibility", "");
    boolean clipped = declarations.getOrDefault("overflow", "").equals("hidden");
    return display.equals("none")
        || visibility.equals("hidden")
        || visibility.equals("collapse")
        || (clipped && (isZero("max-height") || isZero("height")));
  }

  private boolean isZero(String name) {
    return declarations.getOrDefault(name, "").matches("0+(\\.0+)?(px|pt|em|%)?");
  }

  /** What is admitted, in one plain form; empty when nothing is. */
  String admitted() {
    StringBuilder out = new StringBuilder();
    declarations.forEach((name, value) -> {
      String written = name.equals("background") ? "background-color" : name;
      Shape shape = SHAPES.get(written);
      if (shape != null && !value.isEmpty() && shape.admits(value)) {
        out.append(out.isEmpty() ? "" : ";").append(written).append(':').append(value);
      }
    });
    return out.toString();
  }

  /** Declarations without comments. One that holds what no admitted value needs is left out. */
  private static List<String> split(String style) {
    List<String> found = new ArrayList<>();
    StringBuilder current = new StringBuilder();
    boolean refused = false;
    char quote = 0;
    int parentheses = 0;
    for (int i = 0; i < style.length(); i++) {
      char c = style.charAt(i);
      if (quote == 0 && c == '/' && i + 1 < style.length() && style.charAt(i + 1) == '*') {
        int end = style.indexOf("*/", i + 2);
        i = end < 0 ? style.length() : end + 1;
        // A comment parts words; joining them would make words that were not there.
        current.append(' ');
        continue;
      }
      if (c == ';' && quote == 0 && parentheses <= 0) {
        if (!refused) {
          found.add(current.toString());
        }
        current.setLength(0);
        refused = false;
        parentheses = 0;
        continue;
      }
      if (c == '"' || c == '\'') {
        quote = quote == 0 ? c : quote == c ? 0 : quote;
      } else if (quote == 0) {
        parentheses += c == '(' ? 1 : c == ')' ? -1 : 0;
      }
      boolean blank = c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
      refused |= "\\<>{}[]@&`$".indexOf(c) >= 0 || (Character.isISOControl(c) && !blank);
      current.append(c);
    }
    if (!refused && quote == 0 && parentheses == 0) {
      found.add(current.toString());
    }
    return found;
  }

  private static Map<String, Shape> shapes() {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    for (String side : List.of("", "-top", "-right", "-bottom", "-left")) {
      shapes.put("border" + side, InlineStyle::isBorder);
      shapes.put("border" + side + "-color", value -> each(value, 4, InlineStyle::isColor));
      shapes.put("border" + side + "-style", value -> each(value, 4, BORDER_STYLES::contains));
      shapes.put("border" + side + "-width", value -> each(value, 4, InlineStyle::isLineWidth));
      int most = side.isEmpty() ? 4 : 1;
      shapes.put("margin" + side, value -> each(value, most, InlineStyle::isMargin));
      shapes.put("padding" + side, value -> each(value, most, word -> isLength(word, 200)));
    }
    for (String size : List.of("width", "min-width", "max-width")) {
      shapes.put(size, value -> isLength(value, 2_000) || words(value, "auto", "none"));
    }
    for (String size : List.of("height", "min-height", "max-height")) {
      shapes.put(
          size,
          value -> (isLength(value, 2_000) && !isNothing(value)) || words(value, "auto", "none"));
    }
    shapes.put("background-color", InlineStyle::isColor);
    shapes.put("color", InlineStyle::isTextColor);
    shapes.put("border-radius", value -> each(value, 4, word -> isLength(word, 200)));
    shapes.put("border-spacing", value -> each(value, 2, word -> isLength(word, 100)));
    shapes.put("border-collapse", value -> words(value, "collapse", "separate"));
    shapes.put("font-family", InlineStyle::isFonts);
    shapes.put("font-size", InlineStyle::isFontSize);
    shapes.put("font-style", value -> words(value, "normal", "italic", "oblique"));
    shapes.put("font-variant", value -> words(value, "normal", "small-caps"));
    shapes.put("font-weight", value -> value.matches("normal|bold|bolder|lighter|[1-9]00"));
    shapes.put("letter-spacing", value -> isLength(value, 20) || value.equals("normal"));
    shapes.put("word-spacing", value -> isLength(value, 20) || value.equals("normal"));
    shapes.put("text-indent", value -> isLength(value, 100));
    shapes.put("line-height", InlineStyle::isLineHeight);
    shapes.put(
        "text-align", value -> words(value, "left", "right", "center", "justify", "start", "end"));
    shapes.put(
        "text-decoration",
        value ->
            each(value, 2, word -> words(word, "none", "underline", "line-through", "overline")));
    shapes.put(
        "text-transform", value -> words(value, "none", "uppercase", "lowercase", "capitalize"));
    shapes.put(
        "vertical-align",
        value ->
            words(
                value,
                "top",
                "middle",
                "bottom",
                "baseline",
                "sub",
                "super",
                "text-top",
                "text-bottom"));
    shapes.put(
        "white-space", value -> words(value, "normal", "nowrap", "pre", "pre-wrap", "pre-line"));
    shapes.put(
        "word-break", value -> words(value, "normal", "break-all", "keep-all", "break-word"));
    shapes.put("word-wrap", value -> words(value, "normal", "break-word"));
    shapes.put("overflow-wrap", value -> words(value, "normal", "break-word", "anywhere"));
    shapes.put("direction", value -> words(value, "ltr", "rtl"));
    shapes.put("float", value -> words(value, "left", "right", "none"));
    shapes.put("clear", value -> words(value, "left", "right", "both", "none"));
    shapes.put("table-layout", value -> words(value, "auto", "fixed"));
    shapes.put("box-sizing", value -> words(value, "border-box", "content-box"));
    shapes.put(
        "display",
        value ->
            words(
                value,
                "block",
                "inline",
                "inline-block",
                "table",
                "table-row",
                "table-cell",
                "list-item"));
    shapes.put(
        "list-style-type",
        value ->
            words(
                value,
                "none",
                "disc",
                "circle",
                "square",
                "decimal",
                "lower-alpha",
                "upper-alpha",
                "lower-roman",
                "upper-roman",
                "lower-latin",
                "upper-latin"));
    shapes.put("list-style-position", value -> words(value, "inside", "outside"));
    return Map.copyOf(shapes);
  }

  private static boolean words(String value, String... admitted) {
    return List.of(admitted).contains(value);
  }

  private static boolean each(String value, int most, Shape shape) {
    String[] words = value.split(" (?![^(]*\\))", -1);
    if (words.length > most) {
      return false;
    }
    for (String word : words) {
      if (!shape.admits(word)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isColor(String value) {
    return COLOR.matcher(value).matches();
  }

  /** Without transparency, by which text hides. */
  private static boolean isTextColor(String value) {
    boolean solid = !value.equals("transparent") && !value.contains("a(");
    boolean hex = value.startsWith("#");
    return isColor(value) && solid && (!hex || value.length() == 4 || value.length() == 7);
  }

  private static boolean isBorder(String value) {
    return each(
        value, 3, word -> isLineWidth(word) || BORDER_STYLES.contains(word) || isColor(word));
  }

  private static boolean isLineWidth(String value) {
    return WIDTH_WORDS.contains(value) || isLength(value, 40);
  }

  private static boolean isMargin(String value) {
    return value.equals("auto") || isLength(value, 200);
  }

  private static boolean isFonts(String value) {
    if (value.length() > 300) {
      return false;
    }
    for (String font : value.split(",", -1)) {
      if (!FONT.matcher(font.strip()).matches()) {
        return false;
      }
    }
    return true;
  }

  /** Text too small to be read is text meant to be hidden: it keeps its natural size. */
  private static boolean isFontSize(String value) {
    return value.matches("(xx?-)?(small|large)|medium|smaller|larger")
        || (isLength(value, 100)
            && !value.matches("[0-3](\\.\\d+)?(px|pt)|0?(\\.\\d+)?(px|pt|em|rem|%)?"));
  }

  private static boolean isLineHeight(String value) {
    return value.equals("normal")
        || value.matches("[1-9](\\.[0-9]{1,4})?|0\\.[6-9][0-9]{0,3}")
        || (isLength(value, 200) && !isNothing(value) && !value.matches("[0-5](\\.\\d+)?(px|pt)"));
  }

  private static boolean isNothing(String value) {
    return value.matches("0*(\\.0+)?[a-z%]*");
  }

  /** Not negative and at most so many pixels; a percentage at most that of the parent. */
  private static boolean isLength(String value, int mostPixels) {
    Matcher matcher = LENGTH.matcher(value);
    if (!matcher.matches() || !matcher.group(1).isEmpty() || matcher.group(2).isEmpty()) {
      return false;
    }
    double number = Double.parseDouble(matcher.group(2));
    String unit = matcher.group(3);
    if (unit == null) {
      return number == 0;
    }
    if (unit.equals("%")) {
      return number <= 300;
    }
    double pixels =
        switch (unit) {
          case "pt" -> number * 4 / 3;
          case "pc", "em", "rem" -> number * 16;
          case "ex", "ch" -> number * 8;
          case "in" -> number * 96;
          case "cm" -> number * 38;
          case "mm" -> number * 3.8;
          default -> number;
        };
    return pixels <= mostPixels;
  }
}
