package dev.shopbell.channels.email;

import dev.shopbell.conversations.ConversationAssigned;
import dev.shopbell.conversations.MessageKind;
import dev.shopbell.conversations.MessageReceived;
import dev.shopbell.platform.facts.Actor;
import dev.shopbell.platform.facts.FactConsumer;
import dev.shopbell.platform.facts.StoredFact;
import dev.shopbell.platform.tasks.Tasks;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * Sees to it that agents get mail when a customer has written to them or somebody has assigned them
 * a conversation. What a machine wrote is no reason, so that two machines never talk through us.
 */
@Component
class StageNotifications implements FactConsumer {
  /** Older than this is history: imported, or read by a consumer that is new here. */
  private static final Duration NEWS = Duration.ofHours(1);

  private final AgentNotifications notifications;
  private final Tasks tasks;
  private final Clock clock;

  StageNotifications(AgentNotifications notifications, Tasks tasks, Clock clock) {
    this.notifications = notifications;
    this.tasks = tasks;
    this.clock = clock;
  }

  @Override
  public void read(List<StoredFact> batch) {
    Instant now = clock.instant();
    List<AgentNotifications.Reason> reasons =
        batch.stream()
            .filter(fact -> fact.at().plus(NEWS).isAfter(now))
            .flatMap(StageNotifications::reason)
            .toList();
    if (!reasons.isEmpty()) {
      notifications.add(reasons).forEach(id -> tasks.schedule(SendNotification.class, id, now));
    }
  }

  private static Stream<AgentNotifications.Reason> reason(StoredFact fact) {
    Long conversation = fact.conversationId();
    if (conversation == null) {
      return Stream.empty();
    }
    if (fact.is(MessageReceived.class)
        && !fact.data().path("imported").asBoolean(false)
        && fact.data().path("kind").asString("").equals(MessageKind.message.name())) {
      return Stream.of(
          new AgentNotifications.Reason(
              conversation, Objects.requireNonNull(fact.messageId()), null));
    }
    if (fact.is(ConversationAssigned.class)) {
      JsonNode to = fact.data().path("to");
      return to.isNumber() && !fact.actor().equals(Actor.agent(to.asLong()))
          ? Stream.of(new AgentNotifications.Reason(conversation, null, to.asLong()))
          : Stream.empty();
    }
    return Stream.empty();
  }
}
