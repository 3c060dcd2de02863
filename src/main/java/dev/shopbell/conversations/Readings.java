package dev.shopbell.conversations;

import dev.shopbell.platform.facts.Actor;
import dev.shopbell.platform.facts.Facts;
import dev.shopbell.platform.web.Problem;
import java.time.Clock;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Who has read what. */
@Component
class Readings {
  private final ReadingStore store;
  private final MessageStore messages;
  private final ConversationStore conversations;
  private final Facts facts;
  private final Clock clock;

  Readings(
      ReadingStore store,
      MessageStore messages,
      ConversationStore conversations,
      Facts facts,
      Clock clock) {
    this.store = store;
    this.messages = messages;
    this.conversations = conversations;
    this.facts = facts;
    this.clock = clock;
  }

  /**
   * An agent has seen a conversation up to a message. What they have seen already stays so.
   *
   * @throws Problem if the message is not one of the conversation
   */
  @Transactional
  public void saw(long agentId, long conversationId, long messageId) {
    long brand =
        messages
            .brandOf(messageId, conversationId)
            .orElseThrow(() ->
                Problem.invalid("messageId", "The conversation has no message " + messageId + "."));
    if (store.saw(conversationId, agentId, messageId, clock.instant())) {
      facts.append(Actor.agent(agentId), new ConversationViewed(brand, conversationId, messageId));
    }
  }

  /** An agent has seen all of a conversation. Returns whether it was unread. */
  @Transactional
  public boolean sawAll(long agentId, ConversationStore.Current conversation) {
    boolean unread =
        conversations.find(conversation.id(), agentId).map(ConversationRow::unread).orElse(false);
    if (unread) {
      saw(agentId, conversation.id(), messages.newest(conversation.id()).orElseThrow());
    }
    return unread;
  }

  /** An agent wants to come back to it: its newest message that is not ours counts as unread. */
  @Transactional
  public void unsee(long agentId, ConversationRow conversation) {
    store.findNews(conversation.id());
    long message = store.unsee(conversation.id(), agentId, clock.instant());
    if (!conversation.unread()) {
      facts.append(
          Actor.agent(agentId),
          new ConversationUnviewed(conversation.brandId(), conversation.id(), message));
    }
  }
}
