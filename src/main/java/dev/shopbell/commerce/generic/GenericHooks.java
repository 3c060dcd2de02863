package dev.shopbell.commerce.generic;

import dev.shopbell.commerce.ShopConnector.Hook;
import dev.shopbell.commerce.ShopConnector.Label;
import dev.shopbell.commerce.ShopConnector.News;
import dev.shopbell.commerce.ShopLink;
import dev.shopbell.commerce.ShopTrouble;
import dev.shopbell.platform.webhooks.StandardSignature;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a shop tells, signed by the scheme of Standard Webhooks. */
@Component
class GenericHooks {
  private final JsonMapper json;
  private final Clock clock;

  GenericHooks(JsonMapper json, Clock clock) {
    this.json = json;
    this.clock = clock;
  }

  @Nullable Label verify(ShopLink link, Hook hook) {
    String id = hook.header("webhook-id");
    boolean signed =
        id.length() <= Fields.SHORT
            && StandardSignature.holds(
                link.hookSecret(),
                id,
                hook.header("webhook-timestamp"),
                hook.header("webhook-signature"),
                hook.body(),
                clock.instant());
    return signed ? new Label(id, "webhook") : null;
  }

  List<News> read(ShopLink link, Hook hook) throws ShopTrouble {
    try {
      Fields event = Fields.of(json.readTree(hook.body()), "");
      String type = event.text("type", Fields.SHORT);
      event.timeOrNull("timestamp");
      News news = news(event, type, GenericWire.answers(link));
      event.end();
      return List.of(news);
    } catch (JacksonException e) {
      throw new ShopTrouble(ShopTrouble.Kind.invalid, "The body is not JSON.");
    } catch (WrongShape e) {
      throw new ShopTrouble(ShopTrouble.Kind.invalid, e.words());
    }
  }

  private static News news(Fields event, String type, boolean answers) throws WrongShape {
    return switch (type) {
      case "order.changed" -> {
        JsonNode order = data(event);
        yield isIdOnly(order)
            ? new News.OrderTouched(id(order, answers))
            : new News.OrderTold(OrderShape.order(order, "data"));
      }
      case "order.removed" -> new News.OrderRemoved(id(data(event), true));
      case "product.changed" -> {
        JsonNode product = data(event);
        yield isIdOnly(product)
            ? new News.ProductTouched(id(product, answers))
            : new News.ProductTold(OrderShape.product(product, "data"));
      }
      case "product.removed" -> new News.ProductRemoved(id(data(event), true));
      case "shop.disconnected" -> new News.Uninstalled();
      default ->
          throw event.wrong(
              "type",
              "must be one of order.changed, order.removed, product.changed, product.removed,"
                  + " shop.disconnected.");
    };
  }

  private static JsonNode data(Fields event) throws WrongShape {
    return event.object("data");
  }

  private static boolean isIdOnly(JsonNode data) {
    return data.size() == 1 && data.has("id");
  }

  private static String id(JsonNode data, boolean enough) throws WrongShape {
    Fields fields = Fields.of(data, "data");
    String id = fields.text("id", Fields.SHORT);
    fields.end();
    if (!enough) {
      throw new WrongShape("data", "has to hold all of it, since this shop cannot be asked.");
    }
    return id;
  }
}
