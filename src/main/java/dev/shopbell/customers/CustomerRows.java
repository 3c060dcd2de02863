package dev.shopbell.customers;

import java.util.Collection;
import java.util.List;

/**
 * A slot: rows of another room that belong to a customer, and go along when two customers become
 * one or one becomes two. Called in the transaction that does so; each room writes its own tables.
 */
public interface CustomerRows {
  /** Names the rows in the journal: must never change once released. */
  String rowsName();

  /** The ids of all rows of a customer. */
  List<Long> of(long customerId);

  /** Gives those of the rows to another customer that are still the first one's. */
  void move(long from, long to, Collection<Long> rows);

  /**
   * The rows of a customer that came about by one of these identities: what a conversation's first
   * message came from, by what an order was placed.
   */
  List<Long> broughtBy(long customerId, Collection<Identity> identities);
}
