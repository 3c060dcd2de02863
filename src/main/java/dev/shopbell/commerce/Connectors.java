package dev.shopbell.commerce;

import dev.shopbell.platform.web.Problem;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.stereotype.Component;

/** All shop systems that can be attached. */
@Component
class Connectors {
  private final Map<String, ShopConnector> byKind = new TreeMap<>();

  Connectors(List<ShopConnector> connectors) {
    connectors.forEach(connector -> byKind.put(connector.kind(), connector));
  }

  List<ShopConnector> all() {
    return byKind.values().stream().sorted(Comparator.comparing(ShopConnector::title)).toList();
  }

  /**
   * @throws Problem if there is none of that kind
   */
  ShopConnector get(String kind) {
    ShopConnector connector = byKind.get(kind);
    if (connector == null) {
      throw Problem.invalid("kind", "There is no kind of shop “" + kind + "”.");
    }
    return connector;
  }
}
