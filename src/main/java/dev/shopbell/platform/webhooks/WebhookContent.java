package dev.shopbell.platform.webhooks;

import dev.shopbell.platform.facts.Fact;
import dev.shopbell.platform.facts.StoredFact;
import dev.shopbell.platform.web.Permission;
import dev.shopbell.platform.web.Sight;
import java.util.List;
import java.util.Optional;

/**
 * A slot: of which facts of a room programs elsewhere may be told, and what stands behind their
 * ids. A fact that nobody names here is told to no webhook.
 */
public interface WebhookContent {
  /**
   * @param group under which people find it
   * @param words what it means, in a sentence for people
   */
  record Event(Class<? extends Fact> fact, String group, String words) {}

  List<Event> events();

  /** Without it a webhook is told none of these. */
  Permission needs();

  /**
   * What stands at the ids of the fact now, as the REST API gives it: a record whose components
   * stand beside them. Read anew for each attempt, so that what was erased is not told.
   *
   * @return empty where this sight does not reach: then nothing is told, not even the ids
   */
  Optional<Record> read(StoredFact fact, Sight sight);

  /** For facts that say all by themselves. */
  record Nothing() {}
}
