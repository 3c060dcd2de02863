package dev.shopbell.commerce.generic;

import dev.shopbell.commerce.FulfilmentState;
import dev.shopbell.commerce.OrderState;
import dev.shopbell.commerce.OrderState.LineQuantity;
import dev.shopbell.commerce.ParcelState;
import dev.shopbell.commerce.PaymentState;
import dev.shopbell.commerce.PostalAddress;
import dev.shopbell.commerce.ProductState;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads orders and products as docs/developers/shop-api.md has them. */
final class OrderShape {
  private static final int MOST_LINES = 1_000;
  private static final int MOST = 200;

  private OrderShape() {}

  /**
   * @param path where it stands in what was sent
   */
  static OrderState order(JsonNode order, String path) throws WrongShape {
    Fields fields = Fields.of(order, path);
    OrderState read = order(fields);
    fields.end();
    return read;
  }

  private static OrderState order(Fields fields) throws WrongShape {
    String currency = fields.currency("currency");
    List<OrderState.Line> lines = fields.list("lines", MOST_LINES, line -> line(line, currency));
    OrderState read =
        new OrderState(
            fields.text("id", Fields.SHORT),
            fields.text("number", Fields.SHORT),
            fields.time("placedAt"),
            fields.time("changedAt"),
            currency,
            buyer(fields.objectOrNull("buyer")),
            fields.choice("payment", PaymentState.class),
            fields.choice("fulfilment", FulfilmentState.class),
            cancellation(fields.objectOrNull("cancelled")),
            lines,
            fields.list("charges", MOST, charge -> charge(charge, currency)),
            fields.list("taxes", MOST, tax -> tax(tax, currency)),
            fields.list("payments", MOST, payment -> payment(payment, currency)),
            fields.list("refunds", MOST, refund -> refund(refund, currency)),
            fields.list("parcels", MOST, OrderShape::parcel),
            fields.texts("discountCodes", MOST),
            address(fields.objectOrNull("shipTo")),
            address(fields.objectOrNull("billTo")),
            fields.textOrNull("note", Fields.LONG),
            fields.flag("test", false),
            fields.texts("attributes"));
    if (!fields.has("lines")) {
      throw fields.wrong("lines", "is missing.");
    }
    check(fields, read);
    return read.balanced(fields.has("total") ? fields.money("total", currency) : read.total());
  }

  /** What refunds and parcels are for has to be there. */
  private static void check(Fields fields, OrderState order) throws WrongShape {
    Set<String> ids = new HashSet<>();
    for (OrderState.Line line : order.lines()) {
      if (!ids.add(line.externalId())) {
        throw fields.wrong("lines", "has two lines of the same id.");
      }
    }
    for (OrderState.Refund refund : order.refunds()) {
      if (!refund.lines().stream().allMatch(line -> ids.contains(line.lineId()))) {
        throw fields.wrong("refunds", "is for a line that the order does not have.");
      }
    }
    for (OrderState.Parcel parcel : order.parcels()) {
      if (!parcel.lines().stream().allMatch(line -> ids.contains(line.lineId()))) {
        throw fields.wrong("parcels", "holds a line that the order does not have.");
      }
    }
  }

  private static OrderState.Line line(Fields line, String currency) throws WrongShape {
    return new OrderState.Line(
        line.text("id", Fields.SHORT),
        line.textOrNull("productId", Fields.SHORT),
        line.textOrNull("variantId", Fields.SHORT),
        line.textOrNull("sku", Fields.SHORT),
        line.text("title", Fields.TITLE),
        line.textOrNull("variant", Fields.TITLE),
        line.count("quantity"),
        line.money("unitPrice", currency),
        line.moneyOrZero("discount", currency),
        line.flag("shipped", true),
        line.urlOrNull("imageUrl"),
        line.texts("options"));
  }

  private static OrderState.Buyer buyer(@Nullable Fields buyer) throws WrongShape {
    if (buyer == null) {
      return new OrderState.Buyer(null, null, null, null, null);
    }
    OrderState.Buyer read =
        new OrderState.Buyer(
            buyer.textOrNull("id", Fields.SHORT),
            buyer.textOrNull("email", Fields.TITLE),
            buyer.textOrNull("phone", Fields.SHORT),
            buyer.textOrNull("name", Fields.TITLE),
            buyer.textOrNull("locale", Fields.SHORT));
    buyer.end();
    return read;
  }

  private static OrderState.@Nullable Cancellation cancellation(@Nullable Fields cancelled)
      throws WrongShape {
    if (cancelled == null) {
      return null;
    }
    OrderState.Cancellation read =
        new OrderState.Cancellation(
            cancelled.time("at"), cancelled.textOrNull("reason", Fields.TITLE));
    cancelled.end();
    return read;
  }

  private static OrderState.Charge charge(Fields charge, String currency) throws WrongShape {
    String title = charge.textOrNull("title", Fields.TITLE);
    return new OrderState.Charge(
        charge.choice("kind", OrderState.ChargeKind.class),
        title == null ? "" : title,
        charge.money("amount", currency));
  }

  private static OrderState.Tax tax(Fields tax, String currency) throws WrongShape {
    if (!tax.has("included")) {
      throw tax.wrong("included", "is missing: whether prices hold this tax.");
    }
    return new OrderState.Tax(
        tax.text("title", Fields.TITLE), tax.money("amount", currency), tax.flag("included", true));
  }

  private static OrderState.Payment payment(Fields payment, String currency) throws WrongShape {
    String method = payment.text("method", Fields.TITLE);
    if (method.replaceAll("[ -]", "").matches(".*\\d{9,}.*")) {
      throw payment.wrong("method", "must be masked, as “Visa •••• 4242”.");
    }
    return new OrderState.Payment(
        payment.textOrNull("id", Fields.SHORT),
        payment.choice("kind", OrderState.PaymentKind.class),
        method,
        payment.money("amount", currency),
        payment.time("at"));
  }

  private static OrderState.Refund refund(Fields refund, String currency) throws WrongShape {
    return new OrderState.Refund(
        refund.text("id", Fields.SHORT),
        refund.money("amount", currency),
        refund.moneyOrZero("shipping", currency),
        refund.time("at"),
        refund.textOrNull("reason", Fields.TITLE),
        refund.list("lines", MOST_LINES, OrderShape::quantity));
  }

  private static LineQuantity quantity(Fields of) throws WrongShape {
    return new LineQuantity(of.text("lineId", Fields.SHORT), of.count("quantity"));
  }

  private static OrderState.Parcel parcel(Fields parcel) throws WrongShape {
    return new OrderState.Parcel(
        parcel.text("id", Fields.SHORT),
        parcel.choice("state", ParcelState.class),
        parcel.textOrNull("carrier", Fields.SHORT),
        parcel.textOrNull("trackingNumber", Fields.SHORT),
        parcel.urlOrNull("trackingUrl"),
        parcel.timeOrNull("shippedAt"),
        parcel.timeOrNull("expectedAt"),
        parcel.timeOrNull("deliveredAt"),
        parcel.list("lines", MOST_LINES, OrderShape::quantity),
        parcel.list("checkpoints", MOST, OrderShape::checkpoint));
  }

  private static OrderState.Checkpoint checkpoint(Fields point) throws WrongShape {
    return new OrderState.Checkpoint(
        point.time("at"),
        point.choice("state", ParcelState.class),
        point.textOrNull("words", Fields.TITLE),
        point.textOrNull("place", Fields.SHORT));
  }

  private static @Nullable PostalAddress address(@Nullable Fields address) throws WrongShape {
    if (address == null) {
      return null;
    }
    PostalAddress read =
        new PostalAddress(
            address.textOrNull("name", Fields.TITLE),
            address.textOrNull("company", Fields.TITLE),
            address.textOrNull("line1", Fields.TITLE),
            address.textOrNull("line2", Fields.TITLE),
            address.textOrNull("postcode", Fields.SHORT),
            address.textOrNull("city", Fields.TITLE),
            address.textOrNull("region", Fields.TITLE),
            country(address),
            address.textOrNull("phone", Fields.SHORT));
    address.end();
    return read;
  }

  private static @Nullable String country(Fields address) throws WrongShape {
    String country = address.textOrNull("country", Fields.SHORT);
    if (country != null && !country.matches("[A-Z]{2}")) {
      throw address.wrong("country", "must be a country by ISO 3166-1, as DE.");
    }
    return country;
  }

  static ProductState product(JsonNode product, String path) throws WrongShape {
    Fields fields = Fields.of(product, path);
    ProductState read =
        new ProductState(
            fields.text("id", Fields.SHORT),
            fields.text("title", Fields.TITLE),
            fields.textOrNull("vendor", Fields.TITLE),
            fields.textOrNull("type", Fields.TITLE),
            fields.textOrNull("descriptionText", Fields.LONG),
            fields.urlOrNull("url"),
            fields.urlOrNull("imageUrl"),
            fields.time("changedAt"),
            fields.flag("removed", false),
            fields.texts("attributes"),
            fields.list("variants", MOST_LINES, OrderShape::variant));
    fields.end();
    return read;
  }

  private static ProductState.Variant variant(Fields variant) throws WrongShape {
    String currency = variant.currency("currency");
    return new ProductState.Variant(
        variant.text("id", Fields.SHORT),
        variant.textOrNull("sku", Fields.SHORT),
        variant.text("title", Fields.TITLE),
        variant.money("price", currency),
        currency,
        variant.countOrNull("stock"),
        variant.texts("options"));
  }
}
