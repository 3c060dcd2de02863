package dev.shopbell.conversations;

import dev.shopbell.platform.web.Allow;
import dev.shopbell.platform.web.Caller;
import dev.shopbell.platform.web.Permission;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1")
@io.swagger.v3.oas.annotations.tags.Tag(name = "Conversations")
class LanguageApi {
  private final ConversationLanguages languages;
  private final OpenConversation open;

  LanguageApi(ConversationLanguages languages, OpenConversation open) {
    this.languages = languages;
    this.open = open;
  }

  /**
   * @param language ISO 639-1, as in {@code de}; null to have it guessed again
   */
  record NewLanguage(@Nullable String language) {}

  /** Says in which language the customer writes, where that was guessed wrongly. */
  @PutMapping("/conversations/{id}/language")
  @Allow(Permission.CONVERSATIONS_CHANGE)
  ConversationDetail setLanguage(
      @PathVariable long id, @RequestBody NewLanguage body, Caller caller) {
    languages.choose(caller.actor(), id, body.language());
    return open.read(id, caller.sight());
  }
}
