package dev.shopbell.channels.email;

import dev.shopbell.conversations.ConversationStatusChanged;
import dev.shopbell.conversations.ReplyQueued;
import dev.shopbell.conversations.Status;
import dev.shopbell.customers.FreeMail;
import dev.shopbell.platform.facts.Actor;
import dev.shopbell.platform.facts.FactConsumer;
import dev.shopbell.platform.facts.StoredFact;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Learns from what agents do: what they put in spam or take out of it, and what they answer. Each
 * conversation is one lesson; whoever thinks otherwise later replaces it.
 */
@Component
class LearnSpam implements FactConsumer {
  /** Answers teach what wanted mail looks like only until there is enough of it. */
  private static final int HAM_TO_BEGIN = 200;

  private static final int HAM_FOR_EACH_SPAM = 10;

  private final StoredMails mails;
  private final MailReader reader;
  private final SpamMemory memory;
  private final JdbcClient jdbc;

  LearnSpam(StoredMails mails, MailReader reader, SpamMemory memory, JdbcClient jdbc) {
    this.mails = mails;
    this.reader = reader;
    this.memory = memory;
    this.jdbc = jdbc;
  }

  private record Lesson(boolean spam, Integer[] tokens) {}

  @Override
  public void read(List<StoredFact> batch) {
    boolean learnt = false;
    for (StoredFact fact : batch) {
      if (fact.actor().kind() != Actor.Kind.agent || fact.conversationId() == null) {
        continue;
      }
      if (fact.is(ConversationStatusChanged.class)) {
        String to = fact.data().path("to").asString("");
        String from = fact.data().path("from").asString("");
        boolean spam = to.equals(Status.spam.name());
        if (spam || from.equals(Status.spam.name())) {
          learnt |= learn(fact, spam, true);
        }
      } else if (fact.is(ReplyQueued.class)) {
        learnt |= learn(fact, false, false);
      }
    }
    if (learnt) {
      TransactionSynchronizationManager.registerSynchronization(
          new TransactionSynchronization() {
            @Override
            public void afterCommit() {
              memory.forgetFreshness();
            }
          });
    }
  }

  /**
   * @param said whether an agent said so, rather than only answered
   */
  private boolean learn(StoredFact fact, boolean spam, boolean said) {
    long brandId = Objects.requireNonNull(fact.brandId());
    long conversationId = Objects.requireNonNull(fact.conversationId());
    Optional<Lesson> before = lesson(conversationId);
    boolean known = before.isPresent() && (!said || before.get().spam() == spam);
    if (known || (!said && knowsEnoughHam(brandId))) {
      return false;
    }
    ParsedMail mail = firstMail(conversationId);
    if (mail == null) {
      return false;
    }
    Set<Integer> tokens = SpamWords.of(mail);
    long lesson = jdbc.sql("select nextval('spam_lesson_number')").query(Long.class).single();
    before.ifPresent(old -> memory.count(brandId, List.of(old.tokens()), old.spam(), -1, lesson));
    memory.count(brandId, tokens, spam, 1, lesson);
    jdbc.sql(
            """
            insert into spam_lesson (conversation_id, brand_id, spam, tokens)
            values (:conversation, :brand, :spam, :tokens)
            on conflict (conversation_id) do update set spam = :spam, tokens = :tokens
            """)
        .param("conversation", conversationId)
        .param("brand", brandId)
        .param("spam", spam)
        .param("tokens", tokens.toArray(Integer[]::new))
        .update();
    String author = said ? author(conversationId) : null;
    if (author != null) {
      memory.judge(brandId, author, !spam, lesson);
      if (!spam && !FreeMail.isFree(Mailboxes.domain(author))) {
        memory.judge(brandId, SpamMemory.ofDomain(author), true, lesson);
      }
    }
    return true;
  }

  private Optional<Lesson> lesson(long conversationId) {
    return jdbc.sql("select spam, tokens from spam_lesson where conversation_id = ?")
        .param(conversationId)
        .query((row, n) -> new Lesson(row.getBoolean(1), (Integer[]) row.getArray(2).getArray()))
        .optional();
  }

  /** As the inbox names them: of what a form sends, who filled it in. */
  private @Nullable String author(long conversationId) {
    return jdbc.sql(
            """
            select from_address from message where conversation_id = ? and direction = 'inbound'
            order by created_at, id limit 1
            """)
        .param(conversationId)
        .query((row, n) -> Optional.ofNullable(row.getString(1)))
        .optional()
        .flatMap(address -> address)
        .orElse(null);
  }

  private boolean knowsEnoughHam(long brandId) {
    return jdbc.sql(
            """
            select exists (
              select from spam_token where brand_id = :brand and token = -1 and ham >= :begin + :each * spam)
            """)
        .param("brand", brandId)
        .param("begin", HAM_TO_BEGIN)
        .param("each", HAM_FOR_EACH_SPAM)
        .query(Boolean.class)
        .single();
  }

  private @Nullable ParsedMail firstMail(long conversationId) {
    Optional<StoredMail> first = mails.firstOfConversation(conversationId);
    if (first.isEmpty()) {
      return null;
    }
    try {
      return reader.peek(first.get());
    } catch (IOException e) {
      // Its file is gone: there is nothing to learn from.
      return null;
    }
  }
}
