package dev.shopbell.conversations;

import dev.shopbell.customers.CustomField;
import dev.shopbell.customers.CustomFields;
import dev.shopbell.platform.facts.Actor;
import dev.shopbell.platform.facts.Facts;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What conversations have in the shop's own fields. */
@Service
public class ConversationFields {
  private final ConversationFieldStore store;
  private final CustomFields fields;
  private final Changes changes;
  private final Facts facts;

  ConversationFields(
      ConversationFieldStore store, CustomFields fields, Changes changes, Facts facts) {
    this.store = store;
    this.fields = fields;
    this.changes = changes;
    this.facts = facts;
  }

  /** What was known from the start: no change that anybody is told of. */
  @Transactional
  public void know(long conversationId, Map<String, @Nullable Object> given) {
    changes.lock(conversationId);
    store.set(
        conversationId,
        fields.merged(CustomField.Subject.conversation, store.of(conversationId), given));
  }

  /** Sets values by their keys; null takes one away, the others stay. */
  @Transactional
  public void set(Actor actor, long conversationId, Map<String, @Nullable Object> given) {
    ConversationStore.Current conversation = changes.lock(conversationId);
    Map<String, Object> before = store.of(conversationId);
    Map<String, Object> after = fields.merged(CustomField.Subject.conversation, before, given);
    List<String> changed = CustomFields.differing(before, after);
    if (!changed.isEmpty()) {
      store.set(conversationId, after);
      facts.append(
          actor, new ConversationFieldsChanged(conversation.brandId(), conversationId, changed));
    }
  }
}
