package dev.shopbell.conversations;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.shopbell.platform.live.LiveSight;
import dev.shopbell.platform.web.Caller;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Who may know who else is at a conversation: whoever may read it. Remembered for a moment. */
@Component
class ConversationSight implements LiveSight {
  private static final Duration FRESH = Duration.ofSeconds(10);

  private final ConversationStore store;
  private final Cache<Long, Boolean> known =
      Caffeine.newBuilder().maximumSize(20_000).expireAfterWrite(FRESH).build();

  ConversationSight(ConversationStore store) {
    this.store = store;
  }

  @Override
  public boolean sees(Caller caller, long conversationId) {
    return known.get(conversationId, id -> store.find(id, caller.agentId()).isPresent());
  }
}
