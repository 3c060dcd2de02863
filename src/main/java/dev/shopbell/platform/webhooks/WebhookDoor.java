package dev.shopbell.platform.webhooks;

import dev.shopbell.platform.web.SightDoor;
import java.util.List;
import org.springframework.stereotype.Component;

/** Lets nobody near a webhook that is told of brands that they do not see. */
@Component
class WebhookDoor implements SightDoor {
  private final Webhooks webhooks;

  WebhookDoor(Webhooks webhooks) {
    this.webhooks = webhooks;
  }

  @Override
  public List<Guard> guards() {
    return List.of(
        Guard.ofNumber(
            "webhooks",
            "webhook",
            (sight, id) ->
                webhooks.find(id).filter(webhook -> Webhooks.sees(sight, webhook)).isPresent()));
  }
}
