package dev.shopbell.commerce;

import static dev.shopbell.Inbox.address;
import static org.assertj.core.api.Assertions.assertThat;

import dev.shopbell.Api;
import dev.shopbell.Inbox;
import dev.shopbell.RunningShopbell;
import dev.shopbell.commerce.DemoTill.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The line to a shop breaks at the worst moments; what was asked for happens once all the same. */
class OrderActionOutcomeTest {
  private static RunningShopbell shopbell;
  private static Api api;
  private static ShakyShop shop;
  private static long shopId;

  /** A shop whose line breaks as a test wants it. */
  static class ShakyShop implements ShopConnector {
    enum Trouble {
      none,
      brokenAfterwards,
      brokenBefore,
      away
    }

    private final Map<String, OrderState> orders = new LinkedHashMap<>();
    private final Set<String> keys = new HashSet<>();
    private Trouble next = Trouble.none;
    private int asked;
    private int done;

    synchronized void begin(Trouble trouble) {
      next = trouble;
      asked = 0;
      done = 0;
    }

    synchronized void put(OrderState order) {
      orders.put(order.externalId(), order);
    }

    synchronized int asked() {
      return asked;
    }

    synchronized int done() {
      return done;
    }

    @Override
    public String kind() {
      return "shaky";
    }

    @Override
    public String title() {
      return "Shaky";
    }

    @Override
    public List<Credential> credentials() {
      return List.of();
    }

    @Override
    public Introduction introduce(ShopLink link) {
      return new Introduction("Shaky", "EUR", List.of());
    }

    @Override
    public boolean subscribe(ShopLink link) {
      return true;
    }

    @Override
    public void unsubscribe(ShopLink link) {}

    @Override
    public @Nullable Label verify(ShopLink link, Hook hook) {
      return null;
    }

    @Override
    public List<News> read(ShopLink link, Label label, Hook hook) {
      return List.of();
    }

    @Override
    public synchronized Batch<OrderState> orders(
        ShopLink link, @Nullable Instant since, @Nullable String cursor) {
      return new Batch<>(List.copyOf(orders.values()), null);
    }

    @Override
    public synchronized List<OrderState> orders(ShopLink link, Collection<String> ids) {
      return orders.values().stream().filter(one -> ids.contains(one.externalId())).toList();
    }

    @Override
    public Batch<ProductState> products(
        ShopLink link, @Nullable Instant since, @Nullable String cursor) {
      return new Batch<>(List.of(), null);
    }

    @Override
    public List<ProductState> products(ShopLink link, Collection<String> ids) {
      return List.of();
    }

    @Override
    public Set<ShopAction.Kind> actions() {
      return EnumSet.of(ShopAction.Kind.note, ShopAction.Kind.refund);
    }

    @Override
    public Duration settling() {
      return Duration.ofMillis(200);
    }

    @Override
    public synchronized Outcome act(
        ShopLink link, @Nullable OrderState order, ShopAction action, String key)
        throws ShopTrouble {
      asked++;
      Trouble now = next;
      next = Trouble.none;
      return switch (now) {
        case away -> throw new ShopTrouble(ShopTrouble.Kind.unreachable, "The shop is away.");
        case brokenBefore -> new Outcome.Unknown("The line broke.");
        case brokenAfterwards -> {
          happen(key);
          yield new Outcome.Unknown("The line broke.");
        }
        case none -> {
          happen(key);
          yield new Outcome.Done(null, null);
        }
      };
    }

    /** As a shop does that knows no repeats: whoever asks twice gets it twice. */
    private void happen(String key) {
      keys.add(key);
      done++;
    }

    @Override
    public synchronized Outcome find(
        ShopLink link, @Nullable OrderState before, ShopAction action, String key) {
      return keys.contains(key)
          ? new Outcome.Done(null, null)
          : new Outcome.Refused("It did not happen.");
    }

    @Override
    public @Nullable String adminUrl(ShopLink link, String orderExternalId) {
      return null;
    }
  }

  @BeforeAll
  static void start() {
    shopbell = RunningShopbell.start(Map.of(), ShakyShop.class);
    api = shopbell.api();
    shop = shopbell.bean(ShakyShop.class);
    long brand = api.get("/brands").path("items").get(0).path("id").asLong();
    shopId =
        api.post(
                "/shops",
                Map.of(
                    "brandId", brand, "kind", "shaky", "address", "here", "credentials", Map.of()))
            .path("id")
            .asLong();
  }

  @AfterAll
  static void stop() {
    shopbell.close();
  }

  private static JsonNode order() {
    OrderState order = Sample.order(address("anna"));
    shop.put(order);
    api.post("/shops/" + shopId + "/read-again", Map.of());
    return Inbox.soon("the order")
        .until(
            () -> api.get("/orders?number=" + order.number()).path("items").path(0),
            row -> row.has("id"));
  }

  private static JsonNode asked(JsonNode order) {
    long id =
        api.post(
                "/orders/" + order.path("id").asLong() + "/actions",
                Map.of(
                    "action",
                    Map.of("kind", "note", "text", "Call before you come."),
                    "seenAt",
                    order.path("changedAt").asString()))
            .path("id")
            .asLong();
    return Inbox.soon("its end")
        .until(
            () -> api.get("/order-actions/" + id),
            one -> !one.path("endedAt").isMissingNode() && !one.path("endedAt").isNull());
  }

  @Test
  void whatHappenedBeforeTheLineBrokeIsFoundAndNotDoneAgain() {
    shop.begin(ShakyShop.Trouble.brokenAfterwards);
    assertThat(asked(order()).path("state").asString()).isEqualTo("done");
    assertThat(shop.done()).isEqualTo(1);
    assertThat(shop.asked()).isEqualTo(1);
  }

  @Test
  void whatDidNotHappenIsAskedForAgainAndHappensOnce() {
    shop.begin(ShakyShop.Trouble.brokenBefore);
    assertThat(asked(order()).path("state").asString()).isEqualTo("done");
    assertThat(shop.done()).isEqualTo(1);
    assertThat(shop.asked()).isEqualTo(2);
  }

  @Test
  void aShopThatIsAwayForAMomentIsAskedAgain() {
    shop.begin(ShakyShop.Trouble.away);
    assertThat(asked(order()).path("state").asString()).isEqualTo("done");
    assertThat(shop.done()).isEqualTo(1);
  }
}
