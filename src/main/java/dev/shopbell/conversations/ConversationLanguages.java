package dev.shopbell.conversations;

import dev.shopbell.platform.facts.Actor;
import dev.shopbell.platform.facts.Facts;
import dev.shopbell.platform.language.LanguageGuess;
import dev.shopbell.platform.web.Problem;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * In which language each customer writes: guessed from what they wrote as it comes in, unless an
 * agent has said it.
 */
@Service
class ConversationLanguages {
  private static final Set<String> ALL = Set.of(Locale.getISOLanguages());

  private final JdbcClient jdbc;
  private final Changes changes;
  private final Facts facts;

  ConversationLanguages(JdbcClient jdbc, Changes changes, Facts facts) {
    this.jdbc = jdbc;
    this.changes = changes;
    this.facts = facts;
  }

  @Nullable String find(long conversationId) {
    return jdbc.sql("select language from conversation where id = ?")
        .param(conversationId)
        .query((row, n) -> java.util.Optional.ofNullable(row.getString(1)))
        .optional()
        .flatMap(one -> one)
        .orElse(null);
  }

  /**
   * @param language null to have it guessed again
   * @throws Problem if there is no such language
   */
  @Transactional
  public void choose(Actor actor, long conversationId, @Nullable String language) {
    if (language != null && !ALL.contains(language)) {
      throw Problem.invalid("language", "A language is written as in ISO 639-1: de, en, fr.");
    }
    ConversationStore.Current conversation = changes.lock(conversationId);
    String guessed = language == null ? guessAgain(conversationId) : language;
    jdbc.sql(
            "update conversation set language = :language, language_chosen = :chosen where id = :id")
        .param("language", guessed)
        .param("chosen", language != null)
        .param("id", conversationId)
        .update();
    facts.append(actor, new ConversationLanguageChanged(conversation.brandId(), conversationId));
  }

  private @Nullable String guessAgain(long conversationId) {
    List<String> texts =
        jdbc.sql(
                """
                select left(coalesce(own_text, text), 4000) from message
                where conversation_id = ? and direction = 'inbound' order by id desc limit 10
                """)
            .param(conversationId)
            .query(String.class)
            .list();
    return texts.stream().flatMap(text -> LanguageGuess.of(text).stream()).findFirst().orElse(null);
  }
}
