package dev.shopbell.customers;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/**
 * A field that the shop has added to its conversations or customers.
 *
 * @param key by which values are kept and programs name it; never changes
 * @param choices in their order; empty unless the kind is choice or choices
 * @param archived values stay, and are changed no more
 */
public record CustomField(
    long id,
    Subject subject,
    String key,
    String name,
    String description,
    Kind kind,
    List<Choice> choices,
    boolean archived) {

  /** What it is a field of. */
  @Schema(name = "FieldSubject")
  public enum Subject {
    conversation,
    customer
  }

  /** What a value of it is, in JSON. */
  @Schema(name = "FieldKind")
  public enum Kind {
    /** A string of at most 2,000 characters. */
    text,
    /** A number of at most 15 digits, 6 of them behind the point. */
    number,
    /** A string such as 2026-03-01. */
    date,
    /** true or false. */
    yesNo,
    /** The key of a choice. */
    choice,
    /** A list of keys of choices. */
    choices,
    /** A string: an address that begins with http:// or https://, of at most 2,000 characters. */
    link
  }

  /**
   * @param archived it stays where it is, and is not offered for more
   */
  @Schema(name = "FieldChoice")
  public record Choice(String key, String name, boolean archived) {}
}
