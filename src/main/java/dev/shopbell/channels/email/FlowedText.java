package dev.shopbell.channels.email;

/** Joins the lines that format=flowed broke (RFC 3676, section 4). */
final class FlowedText {
  private FlowedText() {}

  static String unwrap(String text, boolean deleteSpace) {
    StringBuilder out = new StringBuilder(text.length());
    int joinedDepth = -1;
    int at = 0;
    while (at < text.length()) {
      int end = text.indexOf('\n', at);
      int lineEnd = end < 0 ? text.length() : end;
      int depth = 0;
      while (at + depth < lineEnd && text.charAt(at + depth) == '>') {
        depth++;
      }
      int from = at + depth;
      if (from < lineEnd && text.charAt(from) == ' ') {
        from++;
      }
      boolean signature = text.substring(from, lineEnd).equals("-- ");
      boolean flows = !signature && lineEnd > from && text.charAt(lineEnd - 1) == ' ';
      if (joinedDepth != depth || signature) {
        if (joinedDepth >= 0) {
          out.append('\n');
        }
        if (depth > 0) {
          out.repeat('>', depth).append(' ');
        }
      }
      out.append(text, from, flows && deleteSpace ? lineEnd - 1 : lineEnd);
      joinedDepth = flows ? depth : -1;
      if (!flows && end >= 0) {
        out.append('\n');
      }
      at = end < 0 ? text.length() : end + 1;
    }
    return out.toString();
  }
}
