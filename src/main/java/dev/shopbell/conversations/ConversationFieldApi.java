package dev.shopbell.conversations;

import dev.shopbell.platform.web.Allow;
import dev.shopbell.platform.web.Caller;
import dev.shopbell.platform.web.Permission;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/conversations")
@Tag(name = "Fields")
class ConversationFieldApi {
  private final ConversationFields fields;
  private final OpenConversation open;

  ConversationFieldApi(ConversationFields fields, OpenConversation open) {
    this.fields = fields;
    this.open = open;
  }

  /** Values by the keys of fields; null takes one away, and what is left out stays. */
  @Schema(name = "ConversationFieldValues")
  record FieldValues(Map<String, @Nullable Object> fields) {}

  /** Sets what a conversation has in the shop's own fields. */
  @PatchMapping("/{id}/fields")
  @Allow(Permission.CONVERSATIONS_CHANGE)
  ConversationDetail setConversationFields(
      @PathVariable long id, @RequestBody FieldValues values, Caller caller) {
    fields.set(caller.actor(), id, values.fields());
    return open.read(id, caller.sight());
  }
}
