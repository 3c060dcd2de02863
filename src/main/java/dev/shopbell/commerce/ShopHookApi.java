package dev.shopbell.commerce;

import dev.shopbell.platform.tasks.Tasks;
import dev.shopbell.platform.web.Allow;
import dev.shopbell.platform.web.Problem;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Clock;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.http.HttpStatus;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Where shops call: what they say is verified, stored as it came, and understood later. */
@RestController
@Tag(name = "Shops")
class ShopHookApi {
  private static final int MOST_BYTES = 5 * 1024 * 1024;

  private final ShopStore store;
  private final SyncStore syncs;
  private final Connectors connectors;
  private final Tasks tasks;
  private final TransactionTemplate transaction;
  private final Clock clock;

  ShopHookApi(
      ShopStore store,
      SyncStore syncs,
      Connectors connectors,
      Tasks tasks,
      TransactionTemplate transaction,
      Clock clock) {
    this.store = store;
    this.syncs = syncs;
    this.connectors = connectors;
    this.tasks = tasks;
    this.transaction = transaction;
    this.clock = clock;
  }

  /** At most 5 MB, signed as the kind of shop does it. The same one again changes nothing. */
  @PostMapping("/shop-hooks/{key}")
  @ResponseStatus(HttpStatus.ACCEPTED)
  @Allow.Anyone(because = "shops call here: what they say is believed by its signature")
  void takeShopHook(@PathVariable String key, HttpServletRequest request) throws IOException {
    Shop shop =
        store.byHookKey(key).orElseThrow(() -> Problem.notFound("No shop calls at this address."));
    byte[] body = request.getInputStream().readNBytes(MOST_BYTES + 1);
    if (body.length > MOST_BYTES) {
      throw Problem.tooLarge("A webhook may have 5 MB at most.");
    }
    ShopConnector.Hook hook = new ShopConnector.Hook(headers(request), body);
    ShopConnector.Label label = connectors.get(shop.kind()).verify(store.link(shop), hook);
    if (label == null) {
      throw Problem.forbidden("The signature is not the shop's.");
    }
    transaction.executeWithoutResult(status -> {
      if (syncs.keep(shop.id(), label, hook, clock.instant())) {
        tasks.scheduleUnlessRunning(SyncShop.class, shop.id(), clock.instant());
      }
      store.heard(shop.id(), clock.instant());
    });
  }

  /** What could let somebody in is not kept. */
  private static Map<String, String> headers(HttpServletRequest request) {
    Map<String, String> headers = new TreeMap<>();
    for (String name : Collections.list(request.getHeaderNames())) {
      String lower = name.toLowerCase(Locale.ROOT);
      if (lower.startsWith("x-") || lower.startsWith("webhook-") || lower.equals("content-type")) {
        headers.put(lower, request.getHeader(name));
      }
    }
    return headers;
  }
}
