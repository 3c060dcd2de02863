package dev.shopbell.commerce.demo;

import dev.shopbell.commerce.OrderState;
import dev.shopbell.commerce.ProductState;
import dev.shopbell.commerce.ShopAction;
import dev.shopbell.commerce.ShopConnector;
import dev.shopbell.commerce.ShopLink;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

@Component
class DemoConnector implements ShopConnector {
  private static final int PAGE = 100;

  private final DemoCounter counter;
  private final DemoClerk clerk;
  private final TransactionTemplate transaction;

  DemoConnector(DemoCounter counter, DemoClerk clerk, TransactionTemplate transaction) {
    this.counter = counter;
    this.clerk = clerk;
    this.transaction = transaction;
  }

  @Override
  public String kind() {
    return "demo";
  }

  @Override
  public String title() {
    return "Demo shop";
  }

  /** It comes with the demo and is not for anything else. */
  @Override
  public boolean isOffered() {
    return false;
  }

  @Override
  public List<Credential> credentials() {
    return List.of();
  }

  @Override
  public Introduction introduce(ShopLink link) {
    return new Introduction("Demo shop", "EUR", List.of());
  }

  @Override
  public boolean subscribe(ShopLink link) {
    return true;
  }

  @Override
  public void unsubscribe(ShopLink link) {}

  /** It calls nobody: what it does is read at once by whoever had it done. */
  @Override
  public @Nullable Label verify(ShopLink link, Hook hook) {
    return null;
  }

  @Override
  public List<News> read(ShopLink link, Label label, Hook hook) {
    return List.of();
  }

  @Override
  public Batch<OrderState> orders(ShopLink link, @Nullable Instant since, @Nullable String cursor) {
    Place place = Place.of(since, cursor);
    return batch(
        counter.orders(link.shopId(), place.at(), place.id(), PAGE),
        one -> new Place(one.changedAt(), one.externalId()));
  }

  @Override
  public List<OrderState> orders(ShopLink link, Collection<String> externalIds) {
    return counter.orders(link.shopId(), externalIds);
  }

  @Override
  public Batch<ProductState> products(
      ShopLink link, @Nullable Instant since, @Nullable String cursor) {
    Place place = Place.of(since, cursor);
    return batch(
        counter.products(link.shopId(), place.at(), place.id(), PAGE),
        one -> new Place(one.changedAt(), one.externalId()));
  }

  @Override
  public List<ProductState> products(ShopLink link, Collection<String> externalIds) {
    return counter.products(link.shopId(), externalIds);
  }

  /** Where a page ends. */
  private record Place(Instant at, String id) {
    static Place of(@Nullable Instant since, @Nullable String cursor) {
      if (cursor == null) {
        return new Place(Objects.requireNonNullElse(since, Instant.EPOCH), "");
      }
      int space = cursor.indexOf(' ');
      return new Place(Instant.parse(cursor.substring(0, space)), cursor.substring(space + 1));
    }

    String cursor() {
      return at + " " + id;
    }
  }

  private static <T> Batch<T> batch(List<T> items, Function<T, Place> place) {
    return new Batch<>(items, items.size() < PAGE ? null : place.apply(items.getLast()).cursor());
  }

  /** It knows of no returns: they are kept by us. */
  @Override
  public Set<ShopAction.Kind> actions() {
    return EnumSet.complementOf(EnumSet.of(ShopAction.Kind.return_items));
  }

  @Override
  public Outcome act(ShopLink link, @Nullable OrderState order, ShopAction action, String key) {
    return Objects.requireNonNull(
        transaction.execute(status -> {
          DemoCounter.Done before = counter.done(link.shopId(), key).orElse(null);
          if (before != null) {
            return new Outcome.Done(before.reference(), before.code());
          }
          Outcome outcome =
              clerk.serve(link.shopId(), order == null ? null : order.externalId(), action);
          if (outcome instanceof Outcome.Done done) {
            counter.done(link.shopId(), key, new DemoCounter.Done(done.reference(), done.code()));
          }
          return outcome;
        }));
  }

  @Override
  public Outcome find(ShopLink link, @Nullable OrderState before, ShopAction action, String key) {
    return counter
        .done(link.shopId(), key)
        .<Outcome>map(done -> new Outcome.Done(done.reference(), done.code()))
        .orElseGet(() -> new Outcome.Refused("It did not happen."));
  }

  @Override
  public @Nullable String adminUrl(ShopLink link, String orderExternalId) {
    return null;
  }
}
