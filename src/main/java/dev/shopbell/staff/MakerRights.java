package dev.shopbell.staff;

import dev.shopbell.platform.webhooks.WebhookRights;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Says what a webhook may show: what the agent may see to whom it belongs. */
@Component
class MakerRights implements WebhookRights {
  private final Agents agents;

  MakerRights(Agents agents) {
    this.agents = agents;
  }

  @Override
  public Optional<Rights> of(long agentId) {
    return Optional.ofNullable(agents.access(List.of(agentId)).get(agentId))
        .map(access -> new Rights(access.permissions(), access.sight()));
  }
}
