package dev.shopbell.platform.webhooks;

import dev.shopbell.platform.web.Permission;
import dev.shopbell.platform.web.Sight;
import java.util.Optional;
import java.util.Set;

/** A slot, filled by {@code staff}: what an agent may do and see at this moment. */
public interface WebhookRights {
  /** Empty where they have no access any more. */
  Optional<Rights> of(long agentId);

  record Rights(Set<Permission> permissions, Sight sight) {}
}
