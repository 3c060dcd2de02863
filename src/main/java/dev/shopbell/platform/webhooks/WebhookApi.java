package dev.shopbell.platform.webhooks;

import dev.shopbell.platform.facts.FactPosition;
import dev.shopbell.platform.web.Allow;
import dev.shopbell.platform.web.Caller;
import dev.shopbell.platform.web.Cursor;
import dev.shopbell.platform.web.Page;
import dev.shopbell.platform.web.Permission;
import dev.shopbell.platform.web.Problem;
import dev.shopbell.platform.web.ShownOnce;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/webhooks")
@Tag(name = "Webhooks")
class WebhookApi {
  private final Webhooks webhooks;
  private final WebhookEvents events;
  private final WebhookDeliveries deliveries;
  private final WebhookSender sender;
  private final WebhookPayload payload;
  private final Clock clock;

  WebhookApi(
      Webhooks webhooks,
      WebhookEvents events,
      WebhookDeliveries deliveries,
      WebhookSender sender,
      WebhookPayload payload,
      Clock clock) {
    this.webhooks = webhooks;
    this.events = events;
    this.deliveries = deliveries;
    this.sender = sender;
    this.payload = payload;
    this.clock = clock;
  }

  /**
   * @param secret shown this once
   */
  @Schema(name = "WebhookWithSecret")
  record WithSecret(Webhook webhook, String secret) {
    static WithSecret of(Webhooks.WithSecret made) {
      return new WithSecret(made.webhook(), made.secret());
    }
  }

  /**
   * Where it begins again: one of the two.
   *
   * @param position of the first fact that is told again, as a delivery or a payload has it
   * @param since everything that happened since; now, to pass over what waits
   */
  @Schema(name = "WebhookPlace")
  record Place(@Nullable String position, @Nullable Instant since) {}

  /**
   * @param status null where it did not answer
   * @param words why it was not taken
   * @param answer the beginning of what it answered
   */
  @Schema(name = "WebhookTrial")
  record Trial(
      boolean taken,
      @Nullable Integer status,
      int millis,
      @Nullable String words,
      @Nullable String answer) {}

  @GetMapping
  @Allow(Permission.WEBHOOKS_MANAGE)
  Page<Webhook> listWebhooks(Caller caller) {
    return Page.whole(webhooks.all(caller.sight()));
  }

  /** All that can be told. */
  @GetMapping("/events")
  @Allow(Permission.WEBHOOKS_MANAGE)
  Page<WebhookEvents.EventType> listWebhookEvents() {
    return Page.whole(events.all());
  }

  @ShownOnce
  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  @Allow(Permission.WEBHOOKS_MANAGE)
  WithSecret addWebhook(@RequestBody Webhooks.WebhookSettings settings, Caller caller) {
    return WithSecret.of(webhooks.add(caller, settings, webhooks.checkedUrl(settings.url())));
  }

  @GetMapping("/{id}")
  @Allow(Permission.WEBHOOKS_MANAGE)
  Webhook readWebhook(@PathVariable long id) {
    return webhooks.get(id);
  }

  /** Sets all of it anew; from now on it shows what the caller may see. */
  @PutMapping("/{id}")
  @Allow(Permission.WEBHOOKS_MANAGE)
  Webhook changeWebhook(
      @PathVariable long id, @RequestBody Webhooks.WebhookSettings settings, Caller caller) {
    webhooks.get(id);
    return webhooks.change(caller, id, settings, webhooks.checkedUrl(settings.url()));
  }

  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Allow(Permission.WEBHOOKS_MANAGE)
  void removeWebhook(@PathVariable long id, Caller caller) {
    webhooks.remove(caller, id);
  }

  @PostMapping("/{id}/pause")
  @Allow(Permission.WEBHOOKS_MANAGE)
  Webhook pauseWebhook(@PathVariable long id, Caller caller) {
    return webhooks.pause(caller, id);
  }

  /** Goes on where it stopped, with what the caller may see; nothing in between is lost. */
  @PostMapping("/{id}/resume")
  @Allow(Permission.WEBHOOKS_MANAGE)
  Webhook resumeWebhook(@PathVariable long id, Caller caller) {
    return webhooks.resume(caller, id);
  }

  /** Makes a new secret; for a day the old one signs, too. */
  @ShownOnce
  @PostMapping("/{id}/secret")
  @Allow(Permission.WEBHOOKS_MANAGE)
  WithSecret replaceWebhookSecret(@PathVariable long id, Caller caller) {
    return WithSecret.of(webhooks.renewSecret(caller, id));
  }

  /** Sends an event of the type {@code webhook.test} now. That it is not taken is an answer. */
  @PostMapping("/{id}/test")
  @Allow(Permission.WEBHOOKS_MANAGE)
  Trial testWebhook(@PathVariable long id) {
    Webhook webhook = webhooks.get(id);
    Instant now = clock.instant();
    String event = "test_" + now.toEpochMilli();
    WebhookSender.Answer answer = sender.post(id, webhook.url(), event, payload.trial(event, now));
    return new Trial(
        answer.taken(), answer.status(), answer.millis(), answer.words(), answer.excerpt());
  }

  /** Tells everything from there on again, in order, under the ids it had. */
  @PutMapping("/{id}/position")
  @Allow(Permission.WEBHOOKS_MANAGE)
  Webhook replayWebhook(@PathVariable long id, @RequestBody Place place, Caller caller) {
    webhooks.get(id);
    if (place.position() != null) {
      return webhooks.beginAt(caller, id, position(place.position()));
    }
    if (place.since() != null) {
      return webhooks.beginSince(caller, id, place.since());
    }
    throw Problem.invalid("since", "Say from when on, or from which position.");
  }

  private static FactPosition position(String text) {
    try {
      return FactPosition.parse(text);
    } catch (IllegalArgumentException e) {
      throw Problem.invalid("position", "It is not a position: it looks like 1234-567.");
    }
  }

  /** What was sent, the newest first; kept for a week, for 30 days where it was not taken. */
  @GetMapping("/{id}/deliveries")
  @Allow(Permission.WEBHOOKS_MANAGE)
  Page<WebhookDelivery> listWebhookDeliveries(
      @PathVariable long id,
      @RequestParam(required = false) WebhookDelivery.@Nullable State state,
      @RequestParam(required = false) @Nullable Integer limit,
      @RequestParam(required = false) @Nullable String cursor) {
    webhooks.get(id);
    return deliveries.of(id, state, Page.limit(limit), Cursor.parse(cursor, 1));
  }

  @PostMapping("/{id}/deliveries/{deliveryId}/resend")
  @ResponseStatus(HttpStatus.ACCEPTED)
  @Allow(Permission.WEBHOOKS_MANAGE)
  WebhookDelivery resendWebhookDelivery(@PathVariable long id, @PathVariable long deliveryId) {
    return deliveries.resend(id, deliveryId);
  }
}
