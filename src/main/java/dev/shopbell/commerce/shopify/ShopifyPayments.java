package dev.shopbell.commerce.shopify;

import static dev.shopbell.commerce.shopify.ShopifyValues.id;
import static dev.shopbell.commerce.shopify.ShopifyValues.money;
import static dev.shopbell.commerce.shopify.ShopifyValues.text;
import static dev.shopbell.commerce.shopify.ShopifyValues.time;

import dev.shopbell.commerce.OrderState.Payment;
import dev.shopbell.commerce.OrderState.PaymentKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads how an order was paid. */
record ShopifyPayments(JsonNode order, String currency, Instant placedAt) {
  List<Payment> read() {
    List<Payment> payments = new ArrayList<>();
    for (JsonNode one : order.path("transactions")) {
      PaymentKind kind = kind(text(one, "kind"), text(one, "status"));
      if (kind != null) {
        payments.add(
            new Payment(
                id(one),
                kind,
                method(one),
                money(one.path("amountSet"), currency),
                time(one, "processedAt", time(one, "createdAt", placedAt))));
      }
    }
    return payments;
  }

  /** Null for what is no payment, or is not decided. */
  private static @Nullable PaymentKind kind(String kind, String status) {
    boolean incoming = !kind.equals("REFUND") && !kind.equals("CHANGE");
    if (status.equals("FAILURE") || status.equals("ERROR")) {
      return incoming && !kind.equals("VOID") ? PaymentKind.failed : null;
    }
    if (!status.equals("SUCCESS")) {
      return null;
    }
    return switch (kind) {
      case "AUTHORIZATION", "EMV_AUTHORIZATION" -> PaymentKind.authorization;
      case "CAPTURE", "SALE" -> PaymentKind.capture;
      case "VOID" -> PaymentKind.voided;
      default -> null;
    };
  }

  /** {@code Visa •••• 4242}; never more than the last four digits, whatever Shopify sends. */
  private static String method(JsonNode transaction) {
    JsonNode card = transaction.path("paymentDetails");
    String digits =
        (text(card, "number").isEmpty() ? text(transaction, "accountNumber") : text(card, "number"))
            .replaceAll("\\D", "");
    String company = text(card, "company");
    String name = company.isEmpty() ? text(transaction, "formattedGateway") : company;
    return digits.length() < 4
        ? name
        : (name + " •••• " + digits.substring(digits.length() - 4)).strip();
  }
}
