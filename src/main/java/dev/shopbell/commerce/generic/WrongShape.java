package dev.shopbell.commerce.generic;

/** What a shop sent is not as documented. The words are for its developer. */
final class WrongShape extends Exception {
  private static final long serialVersionUID = 1;

  WrongShape(String field, String words) {
    super((field.isEmpty() ? "The body" : "“" + field + "”") + " " + words, null, false, false);
  }

  String words() {
    return String.valueOf(getMessage());
  }
}
