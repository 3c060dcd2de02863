package dev.shopbell.conversations;

import dev.shopbell.platform.facts.StoredFact;
import dev.shopbell.platform.web.Permission;
import dev.shopbell.platform.web.Sight;
import dev.shopbell.platform.webhooks.WebhookContent;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What webhooks are told of conversations and messages. */
@Component
class ConversationEvents implements WebhookContent {
  private static final String CONVERSATIONS = "Conversations";
  private static final String MESSAGES = "Messages";

  private final ConversationStore conversations;
  private final MessageStore messages;
  private final ConversationDoor door;

  ConversationEvents(
      ConversationStore conversations, MessageStore messages, ConversationDoor door) {
    this.conversations = conversations;
    this.messages = messages;
    this.door = door;
  }

  @Override
  public List<Event> events() {
    return List.of(
        new Event(MessageReceived.class, MESSAGES, "A customer, or somebody else, wrote."),
        new Event(ReplyQueued.class, MESSAGES, "An answer was written and leaves now."),
        new Event(ReplyScheduled.class, MESSAGES, "An answer was written that leaves later."),
        new Event(ReplySent.class, MESSAGES, "An answer was handed to the recipient's server."),
        new Event(ReplyDeferred.class, MESSAGES, "An answer could not leave yet, and is retried."),
        new Event(ReplyFailed.class, MESSAGES, "An answer could not be delivered."),
        new Event(ReplyHalted.class, MESSAGES, "A scheduled answer waits, since somebody wrote."),
        new Event(ReplyWithdrawn.class, MESSAGES, "An answer was taken back before it left."),
        new Event(ReplyImported.class, MESSAGES, "An answer that was given elsewhere came in."),
        new Event(NoteAdded.class, MESSAGES, "An agent wrote a note."),
        new Event(MessageForwarded.class, MESSAGES, "What was written was sent to somebody else."),
        new Event(MessageRedirected.class, MESSAGES, "A mail was passed on as it came."),
        new Event(ConversationStarted.class, CONVERSATIONS, "A conversation began."),
        new Event(ConversationReopened.class, CONVERSATIONS, "A resolved one was opened again."),
        new Event(
            ConversationStatusChanged.class, CONVERSATIONS, "It was opened, put off or resolved."),
        new Event(ConversationAssigned.class, CONVERSATIONS, "Another agent has it, or none."),
        new Event(ConversationTeamAssigned.class, CONVERSATIONS, "Another team has it, or none."),
        new Event(ConversationPriorityChanged.class, CONVERSATIONS, "Its priority has changed."),
        new Event(ConversationTagged.class, CONVERSATIONS, "It has tags more, or less."),
        new Event(ConversationFieldsChanged.class, CONVERSATIONS, "Fields have other values."),
        new Event(ConversationSubjectChanged.class, CONVERSATIONS, "It has another subject."),
        new Event(
            ConversationLanguageChanged.class, CONVERSATIONS, "Its language was said by an agent."),
        new Event(ConversationsMerged.class, CONVERSATIONS, "Two conversations are one now."),
        new Event(ConversationMergeUndone.class, CONVERSATIONS, "A merge was undone."),
        new Event(ConversationSplit.class, CONVERSATIONS, "Messages became one of their own."),
        new Event(ConversationSplitUndone.class, CONVERSATIONS, "A split was undone."),
        new Event(ConversationLinked.class, CONVERSATIONS, "It was linked to another."),
        new Event(ConversationUnlinked.class, CONVERSATIONS, "A link to another was ended."));
  }

  @Override
  public Permission needs() {
    return Permission.CONVERSATIONS_READ;
  }

  /**
   * @param conversation as lists of the API give it, of the one that is kept where it was merged;
   *     null where it is no more
   * @param message as the API gives it; null where the event is of none, or it is no more
   */
  record Content(@Nullable ConversationRow conversation, @Nullable Message message) {}

  @Override
  public Optional<Record> read(StoredFact fact, Sight sight) {
    Long id = fact.conversationId();
    if (id == null) {
      return Optional.empty();
    }
    long kept = conversations.current(id);
    if (!sees(sight, kept)) {
      return Optional.empty();
    }
    return Optional.of(
        new Content(
            conversations.find(kept, sight.agentId()).orElse(null),
            message(fact.messageId(), sight)));
  }

  /** It may stand in another conversation by now, which has its own door. */
  private @Nullable Message message(@Nullable Long id, Sight sight) {
    return id == null
        ? null
        : messages.find(id).filter(message -> sees(sight, message.conversationId())).orElse(null);
  }

  private boolean sees(Sight sight, long conversationId) {
    return sight.everything() || door.sees(sight, conversationId);
  }
}
