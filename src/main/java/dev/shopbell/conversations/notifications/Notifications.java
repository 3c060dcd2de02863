package dev.shopbell.conversations.notifications;

import dev.shopbell.platform.facts.Actor;
import dev.shopbell.platform.facts.Facts;
import dev.shopbell.platform.web.Problem;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What an agent has been told, and what of it they have seen. */
@Service
class Notifications {
  /** Read or not: who was away longer begins with the inbox. */
  private static final Duration KEPT = Duration.ofDays(60);

  private final NotificationStore store;
  private final Facts facts;
  private final Clock clock;

  Notifications(NotificationStore store, Facts facts, Clock clock) {
    this.store = store;
    this.facts = facts;
    this.clock = clock;
  }

  @Transactional
  void see(long agentId, @Nullable Long conversationId, @Nullable Long upTo) {
    if (store.see(agentId, conversationId, upTo == null ? Long.MAX_VALUE : upTo, clock.instant())) {
      changed(agentId);
    }
  }

  @Transactional
  void unsee(long agentId, long id) {
    if (!store.unsee(agentId, id)) {
      throw Problem.notFound("You have no notification " + id + ".");
    }
    changed(agentId);
  }

  /** Their other tabs and devices are to know. */
  private void changed(long agentId) {
    facts.append(Actor.agent(agentId), new NotificationsChanged(List.of(agentId)));
  }

  @Scheduled(fixedDelay = 24 * 3_600_000)
  @Transactional
  void forget() {
    store.forget(clock.instant().minus(KEPT));
  }
}
