package dev.shopbell.commerce;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A shop of one kind on a port of its own, its connector, and a hand on both: what {@link
 * ShopConnectorContract} does in the shop as its owner, and how it makes the line bad. Each change
 * in it has a later time than the one before.
 */
public interface ShopUnderTest extends AutoCloseable {
  /** A new one: it keeps nothing. */
  ShopConnector connector();

  ShopLink link();

  /** To the same shop, with a key that it does not know. */
  ShopLink linkWithWrongKey();

  /** To the same shop, but its webhooks are signed with another secret. */
  ShopLink linkWithOtherHookSecret();

  /** To a place where no shop answers. */
  ShopLink linkToNowhere();

  /**
   * Takes from our key what it needs to read orders.
   *
   * @return what the shop calls that; null where the shop has no such permissions
   */
  @Nullable String forbidOrders();

  /** How many orders the connector asks for at once. */
  int ordersPerPage();

  /** What shops of this kind know; what is not named is not asked of them. */
  Set<Knows> knows();

  enum Knows {
    /** Parcels with their numbers. */
    parcels,
    /** That a parcel has arrived. */
    delivery,
    /** How much of an order was sent back in money for which lines. */
    refunded_lines,
    /** Tells us by webhook that it has ended the connection. */
    uninstalling,
    /** Attributes of products. */
    attributes
  }

  // What happens in the shop

  /**
   * An order as a customer places it. Amounts are decimal, as shops write them.
   *
   * @param total as the shop states it; null for what it adds up to
   * @param email null for one of whom the shop knows nothing
   * @param account whether they have an account in the shop
   */
  record Wish(
      String currency,
      List<WishLine> lines,
      String shipping,
      String tax,
      boolean taxIncluded,
      @Nullable String total,
      @Nullable String email,
      boolean account,
      @Nullable PostalAddress address,
      @Nullable String note,
      boolean paid) {

    public long statedTotal() {
      if (total != null) {
        return Money.minor(total, currency);
      }
      BigDecimal sum = new BigDecimal(shipping);
      for (WishLine line : lines) {
        sum =
            sum.add(new BigDecimal(line.unitPrice()).multiply(BigDecimal.valueOf(line.quantity())))
                .subtract(new BigDecimal(line.discount()));
      }
      if (!taxIncluded) {
        sum = sum.add(new BigDecimal(tax));
      }
      return Money.minor(sum.toPlainString(), currency);
    }

    public Wish with(WishLine more) {
      List<WishLine> all = new ArrayList<>(lines);
      all.add(more);
      return new Wish(
          currency,
          List.copyOf(all),
          shipping,
          tax,
          taxIncluded,
          total,
          email,
          account,
          address,
          note,
          paid);
    }
  }

  /**
   * @param variantId of a product of the shop; null for something else
   * @param discount of all of the line
   */
  record WishLine(
      @Nullable String variantId, String title, int quantity, String unitPrice, String discount) {}

  /**
   * @return the external id
   */
  String place(Wish wish);

  /** Another note on it, by the shop's owner. */
  void changeNote(String orderId, String note);

  void cancel(String orderId);

  /** Money back for so many of a line, at its price. */
  void refund(String orderId, String lineId, int quantity);

  /**
   * Sends a parcel with so many of a line.
   *
   * @param carrier as people name it
   */
  void ship(String orderId, String lineId, int quantity, String carrier, String trackingNumber);

  /** All parcels of the order have arrived. */
  void deliver(String orderId);

  void remove(String orderId);

  record Product(String id, List<String> variantIds) {}

  /**
   * With the option {@code Size}, one variant for each.
   *
   * @param price decimal, in the shop's own currency
   * @param stock of each variant
   */
  Product offer(String title, String price, int stock, List<String> sizes);

  void removeProduct(String productId);

  /** How often it was done in the shop by somebody's key. */
  int happened(ShopAction.Kind kind);

  // Webhooks

  enum Event {
    order_changed,
    order_removed,
    product_changed,
    product_removed,
    uninstalled
  }

  /** What the shop sends to {@link ShopLink#hookUrl()}, rightly signed. */
  ShopConnector.Hook webhook(Event event, String externalId);

  /** The same once more, as the shop repeats what was not acknowledged. */
  ShopConnector.Hook again(ShopConnector.Hook hook);

  /** In lower case. */
  String signatureHeader();

  /** Which addresses the shop calls now, one entry for each registration. */
  List<String> hookUrls();

  // The line

  enum Bad {
    /** The shop says that it was asked too much: wait at least {@link #THROTTLED_FOR}. */
    throttled,
    /** It says that something went wrong within, and does nothing. */
    broken,
    /** Its answer is no sense at all: a page for people. */
    senseless,
    /** The line breaks before it has done anything. */
    cut_before,
    /** The line breaks when it has done everything. */
    cut_after
  }

  Duration THROTTLED_FOR = Duration.ofSeconds(7);

  /** Makes the next call bad, of those that read. */
  void nextRead(Bad bad);

  /** Makes the next call bad that would change something for good. */
  void nextChange(Bad bad);

  /** The shop refuses the next change, with these words. */
  void refuseNextChange(String words);

  @Override
  void close();
}
