package dev.shopbell.platform.web;

import org.jspecify.annotations.Nullable;

/**
 * What was asked for by one id is found under another now, as after a merge. Whoever called is sent
 * there, with the same method and body; a merge can be undone, so never for good.
 */
public final class Moved extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String collection;
  private final long from;
  private final long to;

  /**
   * @param collection the part of the path before the id, as {@code conversations}
   */
  public Moved(String collection, long from, long to) {
    super(collection + " " + from + " is now " + to, null, false, false);
    this.collection = collection;
    this.from = from;
    this.to = to;
  }

  /** The same address with the other id; null where the path does not name it. */
  @Nullable String in(String path, @Nullable String query) {
    String part = "/" + collection + "/" + from;
    int at = path.indexOf(part);
    int end = at + part.length();
    return at < 0 || (end < path.length() && path.charAt(end) != '/')
        ? null
        : path.substring(0, at)
            + "/"
            + collection
            + "/"
            + to
            + path.substring(end)
            + (query == null ? "" : "?" + query);
  }

  public long to() {
    return to;
  }
}
