package dev.shopbell.platform.facts;

import com.fasterxml.jackson.annotation.JsonIgnore;

/**
 * Something that happened, in the past tense. Each is a record in the room where it happens; its
 * simple class name is its name in the log, its components are its data. A component called {@code
 * brandId}, {@code conversationId}, {@code messageId} or {@code customerId} can be read from the
 * log as a column.
 *
 * <p>Ids and the names of what changed only: never a person's name, address or words.
 */
public interface Fact {
  @JsonIgnore
  default String factName() {
    return getClass().getSimpleName();
  }
}
