package dev.shopbell.platform.webhooks;

import dev.shopbell.platform.facts.StoredFact;
import java.time.Instant;
import java.util.Optional;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Writes what is sent: the fact as the log has it, and what stands behind its ids now. */
@Component
class WebhookPayload {
  /** Past that the content is left out, and can be read through the API. */
  static final int MOST_BYTES = 200_000;

  private final WebhookEvents events;
  private final JsonMapper json;

  WebhookPayload(WebhookEvents events, JsonMapper json) {
    this.events = events;
    this.json = json;
  }

  /** By which a receiver knows an event that it has been told before. */
  static String id(StoredFact fact) {
    // The second beside the number: after an older backup was restored, numbers come again.
    return "evt_" + fact.position().id() + "_" + fact.at().getEpochSecond();
  }

  /**
   * @return empty where the receiver does not want it, or the eyes lent to it do not see it
   */
  Optional<byte[]> of(Receiver receiver, WebhookRights.Rights rights, StoredFact fact) {
    if (!events.facts().contains(fact.name())
        || !receiver.wants(fact)
        || (fact.brandId() != null && !rights.sight().sees(fact.brandId()))) {
      return Optional.empty();
    }
    return events.read(fact, rights).map(content -> written(fact, content));
  }

  private byte[] written(StoredFact fact, Record content) {
    ObjectNode data = (ObjectNode) fact.data().deepCopy();
    data.setAll((ObjectNode) json.valueToTree(content));
    byte[] whole = body(fact, data);
    if (whole.length <= MOST_BYTES) {
      return whole;
    }
    ObjectNode ids = (ObjectNode) fact.data().deepCopy();
    ids.put("contentOmitted", true);
    return body(fact, ids);
  }

  private byte[] body(StoredFact fact, ObjectNode data) {
    ObjectNode body = json.createObjectNode();
    body.put("type", WebhookEvents.type(fact.name()));
    body.put("timestamp", fact.at().toString());
    body.put("id", id(fact));
    body.put("position", fact.position().toString());
    body.set("actor", json.valueToTree(fact.actor()));
    body.set("data", data);
    return json.writeValueAsBytes(body);
  }

  /** An event that never happened, for trial. */
  byte[] trial(String id, Instant now) {
    ObjectNode body = json.createObjectNode();
    body.put("type", "webhook.test");
    body.put("timestamp", now.toString());
    body.put("id", id);
    body.set("data", json.createObjectNode());
    return json.writeValueAsBytes(body);
  }
}
