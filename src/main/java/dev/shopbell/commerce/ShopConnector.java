package dev.shopbell.commerce;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A slot: how one kind of shop system is spoken with. A connector keeps nothing; whoever calls it
 * stores what it returns. All calls may take seconds and are made outside of any transaction.
 * {@code ShopConnectorContract} says what every connector must do.
 */
public interface ShopConnector {
  /** Names the system in the database and the API: must never change once released. */
  String kind();

  /** As people call it: {@code Shopify}. */
  String title();

  /** Whether owners are offered to connect one. */
  default boolean isOffered() {
    return true;
  }

  /** What the owner of a shop enters to connect it, besides its address. */
  List<Credential> credentials();

  /**
   * @param key by which it is kept
   * @param label on the form
   * @param help where it is found in the shop's own pages
   * @param secret whether it is never shown again
   */
  record Credential(String key, String label, String help, boolean secret, boolean required) {}

  /**
   * What the shop says of itself.
   *
   * @param missing what our key may not do and should, in the shop's own names
   * @param actions what of {@link ShopConnector#actions()} this very shop offers; null for all
   */
  record Introduction(
      String name, String currency, List<String> missing, @Nullable Set<ShopAction.Kind> actions) {
    public Introduction(String name, String currency, List<String> missing) {
      this(name, currency, missing, null);
    }
  }

  /** Asks the shop who it is: whether the address and the key are good. */
  Introduction introduce(ShopLink link) throws ShopTrouble;

  /**
   * Has the shop call {@link ShopLink#hookUrl()} when something changes. Safe to repeat: what
   * stands already is left. Nothing where the owner has to do so by hand.
   *
   * @return false where the owner has to enter the address in the shop
   */
  boolean subscribe(ShopLink link) throws ShopTrouble;

  /** Undoes {@link #subscribe}, as far as the shop still lets us. */
  void unsubscribe(ShopLink link) throws ShopTrouble;

  /**
   * A call of the shop as it came in.
   *
   * @param headers by name in lower case
   */
  record Hook(Map<String, String> headers, byte[] body) {
    public String header(String name) {
      return headers.getOrDefault(name, "");
    }
  }

  /**
   * What stands on the outside of a webhook.
   *
   * @param externalId by which a repeat is known; null where the shop gives none, so that every one
   *     counts
   */
  record Label(@Nullable String externalId, String topic) {}

  /**
   * Whether the shop has signed it, judged on the raw bytes in constant time, and what is on its
   * outside. Quick: the shop waits.
   *
   * @return null if it is not from the shop
   */
  @Nullable Label verify(ShopLink link, Hook hook);

  /** What a webhook tells. */
  sealed interface News {
    /** Something about this order: it is asked for. */
    record OrderTouched(String externalId) implements News {}

    /** All of an order: what it is now, if it is not older than what we know. */
    record OrderTold(OrderState order) implements News {}

    record OrderRemoved(String externalId) implements News {}

    record ProductTouched(String externalId) implements News {}

    record ProductTold(ProductState product) implements News {}

    record ProductRemoved(String externalId) implements News {}

    /** The shop has ended the connection. */
    record Uninstalled() implements News {}
  }

  /**
   * Reads a webhook that was verified when it came in.
   *
   * @return empty if it is nothing that we need
   * @throws ShopTrouble of kind {@code invalid} if it cannot be understood
   */
  List<News> read(ShopLink link, Label label, Hook hook) throws ShopTrouble;

  /**
   * One page of a longer list.
   *
   * @param next to go on from, null at the end. It must stay good for hours: the program may be
   *     restarted between two pages.
   */
  record Batch<T>(List<T> items, @Nullable String next) {}

  /**
   * Orders in the order of their last change, oldest first, so that what changes meanwhile comes
   * again at the end.
   *
   * @param since null for all
   */
  Batch<OrderState> orders(ShopLink link, @Nullable Instant since, @Nullable String cursor)
      throws ShopTrouble;

  /** These orders as they are now; those that are no more are missing. At most 50. */
  List<OrderState> orders(ShopLink link, Collection<String> externalIds) throws ShopTrouble;

  Batch<ProductState> products(ShopLink link, @Nullable Instant since, @Nullable String cursor)
      throws ShopTrouble;

  /** These products as they are now; those that are no more are missing. At most 50. */
  List<ProductState> products(ShopLink link, Collection<String> externalIds) throws ShopTrouble;

  /** What {@link #act} can do there. What is left out is not offered for orders of such a shop. */
  Set<ShopAction.Kind> actions();

  /**
   * What became of an action.
   *
   * @see ShopTrouble for what certainly did not happen
   */
  sealed interface Outcome {
    /**
     * It happened, wholly.
     *
     * @param reference what the shop calls what came of it: the refund, the new order; null for
     *     none
     * @param code that the customer is to be told: a discount code, a gift card; null for none
     */
    record Done(@Nullable String reference, @Nullable String code) implements Outcome {}

    /** The shop has refused, and nothing has changed. In words for the agent. */
    record Refused(String words) implements Outcome {}

    /** It may have happened, or not: the line broke, or the shop did not answer in time. */
    record Unknown(String words) implements Outcome {}
  }

  /**
   * Does it in the shop, once for a key: where the shop can tell repeats apart it is given the key,
   * else the key is left where {@link #find} sees it.
   *
   * @param order as we know it; null for what concerns none
   * @throws ShopTrouble if it certainly did not happen
   */
  Outcome act(ShopLink link, @Nullable OrderState order, ShopAction action, String key)
      throws ShopTrouble;

  /** How long a shop may still be at what it was asked, after the line broke: no look before. */
  default Duration settling() {
    return Duration.ofSeconds(5);
  }

  /**
   * Whether an action whose outcome is unknown has happened, by looking at the shop.
   *
   * @param before the order as it was when it was asked
   * @return {@code Done} or {@code Refused}: then it certainly did not and may be asked again; or
   *     {@code Unknown} where the shop cannot tell, and a person has to look
   */
  Outcome find(ShopLink link, @Nullable OrderState before, ShopAction action, String key)
      throws ShopTrouble;

  /** Where an agent opens the order in the shop's own pages. */
  @Nullable String adminUrl(ShopLink link, String orderExternalId);
}
