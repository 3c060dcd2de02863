package dev.shopbell.platform.webhooks;

import dev.shopbell.platform.facts.StoredFact;
import dev.shopbell.platform.web.Permission;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** All that webhooks can be told, as the rooms say. */
@Component
class WebhookEvents {
  private final Map<String, Known> byFact = new LinkedHashMap<>();
  private final Map<String, String> factByType;

  WebhookEvents(List<WebhookContent> contents) {
    for (WebhookContent content : contents) {
      for (WebhookContent.Event event : content.events()) {
        String fact = event.fact().getSimpleName();
        byFact.put(
            fact,
            new Known(new EventType(type(fact), fact, event.group(), event.words()), content));
      }
    }
    factByType = byFact.keySet().stream().collect(Collectors.toMap(WebhookEvents::type, f -> f));
  }

  /**
   * @param type as it stands in a payload
   * @param fact its name in the log and the audit
   * @param group under which people find it
   * @param words what it means, in a sentence
   */
  @Schema(name = "WebhookEventType")
  record EventType(String type, String fact, String group, String words) {}

  private record Known(EventType type, WebhookContent content) {}

  List<EventType> all() {
    return byFact.values().stream().map(Known::type).toList();
  }

  Set<String> facts() {
    return byFact.keySet();
  }

  Optional<String> fact(String type) {
    return Optional.ofNullable(factByType.get(type));
  }

  Permission needs(String fact) {
    return known(fact).content().needs();
  }

  Optional<Record> read(StoredFact fact, WebhookRights.Rights rights) {
    return rights.permissions().contains(needs(fact.name()))
        ? known(fact.name()).content().read(fact, rights.sight())
        : Optional.empty();
  }

  private Known known(String fact) {
    Known known = byFact.get(fact);
    if (known == null) {
      throw new IllegalArgumentException("No webhook is told of " + fact + ".");
    }
    return known;
  }

  /** {@code ConversationStatusChanged} is {@code conversation.status_changed}. */
  static String type(String fact) {
    return fact.replaceFirst("(?<=[a-z0-9])(?=[A-Z])", ".")
        .replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_")
        .toLowerCase(Locale.ROOT);
  }
}
