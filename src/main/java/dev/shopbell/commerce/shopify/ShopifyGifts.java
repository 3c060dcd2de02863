package dev.shopbell.commerce.shopify;

import static dev.shopbell.commerce.shopify.ShopifyValues.id;
import static dev.shopbell.commerce.shopify.ShopifyValues.money;
import static dev.shopbell.commerce.shopify.ShopifyValues.text;

import dev.shopbell.commerce.Money;
import dev.shopbell.commerce.ShopAction;
import dev.shopbell.commerce.ShopConnector.Outcome;
import dev.shopbell.commerce.ShopLink;
import dev.shopbell.commerce.ShopTrouble;
import dev.shopbell.commerce.shopify.ShopifyActions.Payload;
import dev.shopbell.commerce.shopify.ShopifyApi.NoAnswer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Makes discount codes and gift cards. */
@Component
class ShopifyGifts {
  private static final int LONGEST_NOTE = 255;

  /** Without what is mistaken for something else when it is read aloud. */
  private static final String LETTERS = "23456789abcdefghjkmnpqrstuvwxyz";

  private static final int CODE_LENGTH = 16;

  private static final String LOOK_FOR_CODE =
      """
      query LookForCode($code: String!) {
        codeDiscountNodeByCode(code: $code) {
          id
          codeDiscount { ... on DiscountCodeBasic { tags } }
        }
      }
      """;

  private static final String CODE =
      """
      mutation DiscountCode($input: DiscountCodeBasicInput!) {
        discountCodeBasicCreate(basicCodeDiscount: $input) {
          codeDiscountNode { id }
          userErrors { message }
        }
      }
      """;

  private static final String LOOK_FOR_CARD =
      """
      query LookForCard {
        giftCards(first: 100, sortKey: ID, reverse: true) { nodes { id note } }
      }
      """;

  private static final String CARD =
      """
      mutation GiftCard($input: GiftCardCreateInput!) {
        giftCardCreate(input: $input) { giftCard { id } userErrors { message } }
      }
      """;

  private final ShopifyApi api;
  private final Clock clock;

  ShopifyGifts(ShopifyApi api, Clock clock) {
    this.api = api;
    this.clock = clock;
  }

  @Nullable Outcome lookForDiscount(ShopLink link, ShopAction.DiscountCode code, Mark mark)
      throws ShopTrouble {
    JsonNode found =
        api.ask(link, LOOK_FOR_CODE, Map.of("code", code.code())).path("codeDiscountNodeByCode");
    if (!found.isObject()) {
      return null;
    }
    boolean ours =
        found
            .path("codeDiscount")
            .path("tags")
            .valueStream()
            .anyMatch(tag -> mark.text().equals(tag.asString()));
    return ours
        ? new Outcome.Done(id(found), code.code())
        : new Outcome.Refused("There is a discount code “" + code.code() + "” already.");
  }

  Outcome discount(ShopLink link, ShopAction.DiscountCode code, Mark mark)
      throws ShopTrouble, NoAnswer {
    Object value =
        code.percent() > 0
            ? Map.of("percentage", code.percent() / 100.0)
            : Map.of(
                "discountAmount",
                Map.of(
                    "amount",
                    Money.decimal(code.amount(), code.currency()),
                    "appliesOnEachItem",
                    false));
    Map<String, Object> input = new HashMap<>();
    input.put("title", code.code());
    input.put("code", code.code());
    input.put("startsAt", clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
    if (code.until() != null) {
      input.put("endsAt", code.until().truncatedTo(ChronoUnit.SECONDS).toString());
    }
    input.put("usageLimit", 1);
    input.put("appliesOncePerCustomer", true);
    input.put("context", Map.of("all", "ALL"));
    input.put("customerGets", Map.of("items", Map.of("all", true), "value", value));
    input.put("tags", List.of(mark.text()));
    Payload payload = Payload.of(api, link, CODE, Map.of("input", input));
    return payload.refusal() == null
        ? new Outcome.Done(id(payload.node().path("codeDiscountNode")), code.code())
        : payload.refusal();
  }

  @Nullable Outcome lookForGiftCard(ShopLink link, String key) throws ShopTrouble {
    Mark mark = Mark.of(key);
    for (JsonNode card : api.ask(link, LOOK_FOR_CARD, Map.of()).path("giftCards").path("nodes")) {
      if (mark.isIn(text(card, "note"))) {
        return new Outcome.Done(id(card), code(link, key));
      }
    }
    return null;
  }

  Outcome giftCard(ShopLink link, ShopAction.GiftCard card, String key)
      throws ShopTrouble, NoAnswer {
    String words = "For " + card.email() + (card.note() == null ? "" : ". " + card.note());
    Payload payload =
        Payload.of(
            api,
            link,
            CARD,
            Map.of(
                "input",
                Map.of(
                    "code",
                    code(link, key),
                    "initialAmount",
                    money(card.amount(), card.currency()),
                    "note",
                    Mark.of(key).in(words, LONGEST_NOTE))));
    return payload.refusal() == null
        ? new Outcome.Done(id(payload.node().path("giftCard")), code(link, key))
        : payload.refusal();
  }

  /**
   * Chosen by us, since Shopify tells a code once only and the line may break then; the same for
   * the same key, so that Shopify refuses a second card, and known to nobody without the secret.
   */
  private static String code(ShopLink link, String key) {
    String secret = link.credential(ShopifyTokens.SECRET) + link.hookSecret();
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      byte[] hash = mac.doFinal(("gift card " + key).getBytes(StandardCharsets.UTF_8));
      StringBuilder code = new StringBuilder(CODE_LENGTH);
      for (int i = 0; i < CODE_LENGTH; i++) {
        code.append(LETTERS.charAt((hash[i] & 0xFF) % LETTERS.length()));
      }
      return code.toString();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
