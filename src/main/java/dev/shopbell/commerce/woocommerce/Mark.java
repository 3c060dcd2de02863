package dev.shopbell.commerce.woocommerce;

import dev.shopbell.commerce.ShopAction;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * What an action leaves in the meta data of what it made or changed, so that it is known again.
 *
 * @param name of the meta data; its value is the action's kind
 * @param ref short, for where people read it
 */
record Mark(String name, String ref) {
  private static final String PREFIX = "_shopbell_";
  static final String NOTE = PREFIX + "note_";
  static final String FOR = PREFIX + "for";

  static Mark of(String key) {
    String hash = HexFormat.of().formatHex(WooHooks.sha256(key.getBytes(StandardCharsets.UTF_8)));
    return new Mark(PREFIX + hash.substring(0, 32), hash.substring(0, 8));
  }

  boolean on(JsonNode object) {
    return !WooJson.metaText(object, name).isEmpty();
  }

  ArrayNode meta(ShopAction.Kind kind) {
    ArrayNode meta = JsonNodeFactory.instance.arrayNode();
    meta.addObject().put("key", name).put("value", kind.name());
    return meta;
  }

  /** Whether something was done by an action of that kind, whichever it was. */
  static boolean isOf(JsonNode object, ShopAction.Kind kind) {
    return WooJson.list(object, "meta_data").stream()
        .anyMatch(meta ->
            WooJson.text(meta, "key").startsWith(PREFIX)
                && WooJson.text(meta, "value").equals(kind.name()));
  }
}
