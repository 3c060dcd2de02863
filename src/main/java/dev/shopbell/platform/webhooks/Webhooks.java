package dev.shopbell.platform.webhooks;

import dev.shopbell.platform.database.Wakeups;
import dev.shopbell.platform.facts.Fact;
import dev.shopbell.platform.facts.FactPosition;
import dev.shopbell.platform.facts.Facts;
import dev.shopbell.platform.facts.StoredFact;
import dev.shopbell.platform.outgoing.GuardedHttp;
import dev.shopbell.platform.web.Caller;
import dev.shopbell.platform.web.Problem;
import dev.shopbell.platform.web.Sight;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Programs elsewhere that are told what happens: set up, changed, paused and sent back in time. */
@Service
public class Webhooks {
  /** A webhook can begin again among so many of the newest facts. */
  static final int MOST_REPLAYED = 100_000;

  private static final int MOST = 100;
  private static final int LONGEST_URL = 2_000;
  private static final int LONGEST_DESCRIPTION = 200;

  private final WebhookStore store;
  private final WebhookSecrets secrets;
  private final WebhookEvents events;
  private final GuardedHttp http;
  private final Facts facts;
  private final Wakeups wakeups;

  Webhooks(
      WebhookStore store,
      WebhookSecrets secrets,
      WebhookEvents events,
      GuardedHttp http,
      Facts facts,
      Wakeups wakeups) {
    this.store = store;
    this.secrets = secrets;
    this.events = events;
    this.http = http;
    this.facts = facts;
    this.wakeups = wakeups;
  }

  /**
   * @param events types; all where it is left out
   * @param brands ids; all that the caller sees where it is left out
   */
  record WebhookSettings(
      String url,
      @Nullable String description,
      @Nullable List<String> events,
      @Nullable List<Long> brands) {}

  /** With its secret, which nobody is shown again. */
  record WithSecret(Webhook webhook, String secret) {}

  List<Webhook> all(Sight sight) {
    return store.all().stream().filter(webhook -> sees(sight, webhook)).toList();
  }

  public Optional<Webhook> find(long id) {
    return store.find(id);
  }

  Webhook get(long id) {
    return find(id).orElseThrow(() -> Problem.notFound("There is no webhook " + id + "."));
  }

  /**
   * Only those who see every brand of it; and who does not see all conversations, their own alone.
   */
  static boolean sees(Sight sight, Webhook webhook) {
    boolean brands =
        sight.brands() == null
            || (webhook.brands() != null && sight.brands().containsAll(webhook.brands()));
    return brands
        && (sight.conversations() == Sight.Conversations.all
            || webhook.agentId() == sight.agentId());
  }

  /** Told of what happens from now on. */
  @Transactional
  WithSecret add(Caller caller, WebhookSettings settings, String url) {
    if (store.count() >= MOST) {
      throw Problem.conflict("There are " + MOST + " webhooks already: remove one first.");
    }
    long id = store.insert(wanted(caller, settings, url), facts.newest());
    String secret = secrets.renew(id);
    changed(caller, new WebhookAdded(id));
    return new WithSecret(get(id), secret);
  }

  /** From now on it shows what the caller may see. */
  @Transactional
  Webhook change(Caller caller, long id, WebhookSettings settings, String url) {
    get(id);
    store.update(id, wanted(caller, settings, url));
    changed(caller, new WebhookChanged(id));
    return get(id);
  }

  @Transactional
  void remove(Caller caller, long id) {
    get(id);
    store.delete(id);
    changed(caller, new WebhookRemoved(id));
  }

  @Transactional
  Webhook pause(Caller caller, long id) {
    get(id);
    if (store.pause(id)) {
      changed(caller, new WebhookPaused(id));
    }
    return get(id);
  }

  /** Goes on where it was, at once; also tries one that fails without waiting any longer. */
  @Transactional
  Webhook resume(Caller caller, long id) {
    get(id);
    store.resume(id, caller.agentId(), caller.permissions());
    changed(caller, new WebhookResumed(id));
    return get(id);
  }

  @Transactional
  WithSecret renewSecret(Caller caller, long id) {
    get(id);
    String secret = secrets.renew(id);
    changed(caller, new WebhookSecretReplaced(id));
    return new WithSecret(get(id), secret);
  }

  /** Begins again with that fact, and tells all since. */
  @Transactional
  Webhook beginAt(Caller caller, long id, FactPosition fact) {
    get(id);
    FactPosition before = new FactPosition(fact.xid(), fact.id() - 1);
    if (facts.countAfter(before, MOST_REPLAYED + 1) > MOST_REPLAYED) {
      throw tooFarBack("position");
    }
    return move(caller, id, before);
  }

  /** Begins again with what happened since; now, for what waits to be passed over. */
  @Transactional
  Webhook beginSince(Caller caller, long id, Instant since) {
    get(id);
    Optional<StoredFact> first = facts.firstSince(since, MOST_REPLAYED + 1);
    if (first.isEmpty()) {
      return move(caller, id, facts.newest());
    }
    FactPosition at = first.get().position();
    FactPosition before = new FactPosition(at.xid(), at.id() - 1);
    if (facts.countAfter(before, MOST_REPLAYED + 1) > MOST_REPLAYED) {
      throw tooFarBack("since");
    }
    return move(caller, id, before);
  }

  private Webhook move(Caller caller, long id, FactPosition to) {
    store.move(id, to);
    changed(caller, new WebhookMoved(id));
    return get(id);
  }

  private static Problem tooFarBack(String field) {
    return Problem.invalid(
        field, "That is too far back: only the newest " + MOST_REPLAYED + " facts are told again.");
  }

  /** Wakes whoever tells, once this transaction is committed. */
  void wake() {
    wakeups.afterCommit(WebhookWatch.TOPIC);
  }

  private void changed(Caller caller, Fact fact) {
    facts.append(caller.actor(), fact);
    wake();
  }

  /**
   * Asks the network, so outside of any transaction.
   *
   * @throws Problem if it may not be called
   */
  String checkedUrl(String url) {
    String address = url.strip();
    if (address.length() > LONGEST_URL) {
      throw Problem.invalid("url", "The address has " + LONGEST_URL + " characters at most.");
    }
    http.refusal(address)
        .ifPresent(words -> {
          throw Problem.invalid("url", words);
        });
    return address;
  }

  private WebhookStore.Wanted wanted(Caller caller, WebhookSettings settings, String url) {
    String description =
        Objects.requireNonNullElse(settings.description(), "").replaceAll("\\p{Cntrl}", "").strip();
    if (description.length() > LONGEST_DESCRIPTION) {
      throw Problem.invalid(
          "description", "The description has " + LONGEST_DESCRIPTION + " characters at most.");
    }
    return new WebhookStore.Wanted(
        url,
        description,
        facts(caller, settings.events()),
        brands(caller.sight(), settings.brands()),
        caller.agentId(),
        caller.permissions());
  }

  private @Nullable Set<String> facts(Caller caller, @Nullable List<String> types) {
    if (types == null) {
      return null;
    }
    Set<String> names = new LinkedHashSet<>();
    for (String type : types) {
      String fact =
          events
              .fact(type)
              .orElseThrow(() -> Problem.invalid("events", "There is no event “" + type + "”."));
      if (!caller.may(events.needs(fact))) {
        throw Problem.invalid(
            "events", "“" + type + "” needs the permission “" + events.needs(fact).key() + "”.");
      }
      names.add(fact);
    }
    if (names.isEmpty()) {
      throw Problem.invalid("events", "Choose at least one event.");
    }
    return names;
  }

  private static @Nullable Set<Long> brands(Sight sight, @Nullable List<Long> ids) {
    if (ids == null) {
      return sight.brands();
    }
    if (ids.isEmpty() || ids.size() > 1_000) {
      throw Problem.invalid("brands", "Choose at least one brand.");
    }
    ids.forEach(sight::require);
    return Set.copyOf(ids);
  }
}
