package dev.shopbell.commerce;

import dev.shopbell.platform.SecretKey;
import dev.shopbell.platform.facts.Actor;
import dev.shopbell.platform.facts.Facts;
import dev.shopbell.platform.tasks.Tasks;
import dev.shopbell.platform.web.Problem;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** The shops that are connected. A shop is asked outside of any transaction. */
@Service
public class Shops {
  private static final int LONGEST_ADDRESS = 500;
  private static final int LONGEST_CREDENTIAL = 4_000;

  private final ShopStore store;
  private final Connectors connectors;
  private final SyncStore syncs;
  private final Facts facts;
  private final Tasks tasks;
  private final TransactionTemplate transaction;
  private final Clock clock;

  Shops(
      ShopStore store,
      Connectors connectors,
      SyncStore syncs,
      Facts facts,
      Tasks tasks,
      TransactionTemplate transaction,
      Clock clock) {
    this.store = store;
    this.connectors = connectors;
    this.syncs = syncs;
    this.facts = facts;
    this.tasks = tasks;
    this.transaction = transaction;
    this.clock = clock;
  }

  public List<Shop> all() {
    return store.all();
  }

  /**
   * @throws Problem if there is none of that id
   */
  public Shop get(long id) {
    return store.find(id).orElseThrow(() -> Problem.notFound("There is no shop " + id + "."));
  }

  /**
   * Asks the shop who it is, then reads all of it in the background.
   *
   * @throws Problem if the shop does not let us in, in its words
   */
  public Shop connect(
      Actor actor, long brandId, String kind, String address, Map<String, String> credentials) {
    ShopConnector connector = connectors.get(kind);
    Map<String, String> checked = checked(connector, credentials, Map.of());
    String hookKey = SecretKey.randomToken(160);
    ShopLink link =
        new ShopLink(
            0,
            brandId,
            checkedAddress(address),
            checked,
            store.isReachable() ? store.hookUrl(hookKey) : null,
            SecretKey.randomToken(256));
    ShopConnector.Introduction said = introduced(connector, link);
    long id =
        Objects.requireNonNull(
            transaction.execute(status -> {
              long made = store.insert(kind, said, link, hookKey, clock.instant());
              syncs.begin(made, SyncStore.What.orders, null, clock.instant());
              syncs.begin(made, SyncStore.What.products, null, clock.instant());
              facts.append(actor, new ShopConnected(brandId, made));
              tasks.schedule(SyncShop.class, made, clock.instant());
              return made;
            }));
    subscribe(get(id));
    return get(id);
  }

  /** Other credentials, or another address; what is left out stays. It is asked again who it is. */
  public Shop reconnect(
      Actor actor, long id, @Nullable String address, Map<String, String> credentials) {
    Shop shop = get(id);
    ShopConnector connector = connectors.get(shop.kind());
    ShopLink old = store.link(shop);
    String to = address == null ? shop.address() : checkedAddress(address);
    // A kept key is shown to no other server than the one it was given for.
    Map<String, String> kept = to.equals(shop.address()) ? old.credentials() : Map.of();
    Map<String, String> checked = checked(connector, credentials, kept);
    ShopLink link = new ShopLink(id, shop.brandId(), to, checked, old.hookUrl(), old.hookSecret());
    ShopConnector.Introduction said = introduced(connector, link);
    transaction.executeWithoutResult(status -> {
      store.introduced(link, said);
      facts.append(actor, new ShopChanged(shop.brandId(), id));
      tasks.scheduleUnlessRunning(SyncShop.class, id, clock.instant());
    });
    subscribe(get(id));
    return get(id);
  }

  public Shop pause(Actor actor, long id, boolean paused) {
    Shop shop = get(id);
    transaction.executeWithoutResult(status -> {
      store.state(id, paused ? Shop.State.paused : Shop.State.connected);
      facts.append(actor, new ShopChanged(shop.brandId(), id));
      if (!paused) {
        tasks.scheduleUnlessRunning(SyncShop.class, id, clock.instant());
      }
    });
    return get(id);
  }

  /** Reads all of the shop again. */
  public Shop readAgain(Actor actor, long id) {
    Shop shop = get(id);
    transaction.executeWithoutResult(status -> {
      syncs.begin(id, SyncStore.What.orders, null, clock.instant());
      syncs.begin(id, SyncStore.What.products, null, clock.instant());
      facts.append(actor, new ShopChanged(shop.brandId(), id));
      tasks.scheduleUnlessRunning(SyncShop.class, id, clock.instant());
    });
    return get(id);
  }

  /** Its orders and products go with it; the shop itself keeps them. */
  public void remove(Actor actor, long id) {
    Shop shop = get(id);
    try {
      connectors.get(shop.kind()).unsubscribe(store.link(shop));
    } catch (ShopTrouble e) {
      // It may not let us in any more; what it calls from now on finds nobody.
    }
    transaction.executeWithoutResult(status -> {
      store.delete(id);
      facts.append(actor, new ShopRemoved(shop.brandId(), id));
    });
  }

  ShopLink link(Shop shop) {
    return store.link(shop);
  }

  ShopConnector connector(Shop shop) {
    return connectors.get(shop.kind());
  }

  /** What can be done in the shop: what its kind can, as far as it offers that itself. */
  Set<ShopAction.Kind> actions(Shop shop) {
    Set<ShopAction.Kind> able = EnumSet.noneOf(ShopAction.Kind.class);
    able.addAll(connector(shop).actions());
    store.actions(shop.id()).ifPresent(able::retainAll);
    return able;
  }

  private void subscribe(Shop shop) {
    ShopLink link = store.link(shop);
    if (link.hookUrl() == null) {
      return;
    }
    try {
      store.hooked(shop.id(), connector(shop).subscribe(link) ? true : null);
    } catch (ShopTrouble e) {
      store.hooked(shop.id(), false);
    }
  }

  private static ShopConnector.Introduction introduced(ShopConnector connector, ShopLink link) {
    try {
      return connector.introduce(link);
    } catch (ShopTrouble e) {
      throw Problem.invalid(
          e.kind() == ShopTrouble.Kind.refused ? "credentials" : "address", e.words());
    }
  }

  private static String checkedAddress(String address) {
    String plain = address.strip();
    if (plain.isEmpty() || plain.length() > LONGEST_ADDRESS) {
      throw Problem.invalid("address", "Enter the address of the shop.");
    }
    return plain;
  }

  private static Map<String, String> checked(
      ShopConnector connector, Map<String, String> given, Map<String, String> kept) {
    Map<String, String> checked = new HashMap<>();
    List<String> known = new ArrayList<>();
    for (ShopConnector.Credential one : connector.credentials()) {
      known.add(one.key());
      String value = given.getOrDefault(one.key(), "").strip();
      value = value.isEmpty() ? kept.getOrDefault(one.key(), "") : value;
      if (value.isEmpty() && one.required()) {
        throw Problem.invalid("credentials", one.label() + " is missing.");
      }
      if (value.length() > LONGEST_CREDENTIAL) {
        throw Problem.invalid("credentials", one.label() + " is too long.");
      }
      if (!value.isEmpty()) {
        checked.put(one.key(), value);
      }
    }
    given.keySet().stream()
        .filter(key -> !known.contains(key))
        .findFirst()
        .ifPresent(key -> {
          throw Problem.invalid("credentials", "There is no credential “" + key + "”.");
        });
    return checked;
  }
}
