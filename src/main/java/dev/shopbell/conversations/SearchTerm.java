package dev.shopbell.conversations;

/**
 * Words to be found in one message, next to each other.
 *
 * @param text folded
 * @param prefix whether words that only begin with them are found too
 */
record SearchTerm(Where where, String text, boolean prefix) {
  /** In which part of a message. The words of each bear a weight in the index. */
  enum Where {
    anywhere(""),
    from("A"),
    to("B"),
    subject("C"),
    /** The names of its files, which have an index of their own. */
    files("");

    private final String weight;

    Where(String weight) {
      this.weight = weight;
    }
  }

  /** The first letters suffice, as for every word behind an operator. */
  static SearchTerm of(Where where, String value) {
    return new SearchTerm(where, SearchWords.indexed(value), true);
  }

  /** The column of {@code message_search} that holds them. */
  String column() {
    return where == Where.files ? "files" : "document";
  }

  /** As a tsquery. */
  String query(String parameter) {
    return (isPlain() ? "phraseto_tsquery" : "to_tsquery") + "('simple', " + parameter + ")";
  }

  /** The value of its parameter. */
  String value() {
    return isPlain()
        ? text
        : "'"
            + text.replace("\\", "\\\\").replace("'", "''")
            + "':"
            + (prefix ? "*" : "")
            + where.weight;
  }

  private boolean isPlain() {
    return !prefix && where.weight.isEmpty();
  }
}
