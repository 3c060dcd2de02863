package dev.shopbell.channels.email;

import dev.shopbell.conversations.AttachmentFile;
import dev.shopbell.conversations.Authentication;
import dev.shopbell.conversations.ConversationDoor;
import dev.shopbell.conversations.Conversations;
import dev.shopbell.conversations.Incoming;
import dev.shopbell.conversations.MessageKind;
import dev.shopbell.conversations.Recipient;
import dev.shopbell.platform.web.Permission;
import dev.shopbell.platform.web.Problem;
import dev.shopbell.staff.Access;
import dev.shopbell.staff.Agent;
import dev.shopbell.staff.Agents;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes mail by which agents answer from their own mail program. It is no message of a customer: it
 * goes out as the agent's answer, or stands as a note where it must not; what a machine sent in
 * return for a mail to an agent goes nowhere, nor does what answers a mail of the desk itself.
 */
@Component
class AgentMail {
  /** Inline pictures below that are taken for logos of a signature. In bytes. */
  private static final int LOGO = 10_000;

  /** A plain note of absence that nothing marks could answer for ever. */
  private static final int MOST_ANSWERS = 20;

  private static final Duration WINDOW = Duration.ofMinutes(10);

  private final SignedAddress signedAddress;
  private final AgentNotifications notifications;
  private final Agents agents;
  private final Conversations conversations;
  private final ConversationDoor door;
  private final TransactionTemplate attempt;

  AgentMail(
      SignedAddress signedAddress,
      AgentNotifications notifications,
      Agents agents,
      Conversations conversations,
      ConversationDoor door,
      PlatformTransactionManager transactions) {
    this.signedAddress = signedAddress;
    this.notifications = notifications;
    this.agents = agents;
    this.conversations = conversations;
    this.door = door;
    // What is refused is undone, and what was claimed stays claimed.
    this.attempt = new TransactionTemplate(transactions);
    this.attempt.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
  }

  /** Whether the mail is an agent's, or answers one to an agent, and so is not for the inbox. */
  boolean isMeant(StoredMail mail, Incoming incoming) {
    if (addressed(mail, incoming).isPresent()) {
      return true;
    }
    return named(incoming)
        .filter(named -> isMachines(incoming) || isFrom(named.agentId(), incoming))
        .isPresent();
  }

  /** Does what the mail asks for, in the caller's transaction. */
  StoredMails.Outcome take(StoredMail mail, Incoming incoming) {
    SignedAddress.Answering answering =
        addressed(mail, incoming).or(() -> named(incoming)).orElseThrow();
    Optional<Agent> agent = agents.find(answering.agentId());
    if (isMachines(incoming) || agent.isEmpty() || answering.isNowhere()) {
      return new StoredMails.Outcome(mail.id(), "dropped", null);
    }
    String id = incoming.externalId() == null ? incoming.contentHash() : incoming.externalId();
    if (!notifications.isNew(
        agent.get().id(), Objects.requireNonNullElse(id, "mail " + mail.id()))) {
      return new StoredMails.Outcome(mail.id(), "duplicate", null);
    }
    return answer(mail, incoming, agent.get(), conversations.current(answering.conversationId()));
  }

  private StoredMails.Outcome answer(
      StoredMail mail, Incoming incoming, Agent agent, long conversationId) {
    String reason = refusal(agent, incoming, conversationId);
    if (reason == null) {
      try {
        Long message = attempt.execute(status -> reply(incoming, agent, conversationId));
        return new StoredMails.Outcome(mail.id(), "taken", message);
      } catch (Problem problem) {
        reason = Objects.requireNonNullElse(problem.getMessage(), "it was refused");
      }
    }
    String note = note(incoming, agent, reason);
    try {
      Long message = attempt.execute(status -> conversations.leaveNote(conversationId, note));
      return new StoredMails.Outcome(mail.id(), "taken", message);
    } catch (Problem gone) {
      return new StoredMails.Outcome(mail.id(), "dropped", null);
    }
  }

  private long reply(Incoming incoming, Agent agent, long conversationId) {
    List<Long> files =
        incoming.attachments().stream()
            .filter(file -> !file.inline() || file.size() >= LOGO)
            .map(file -> conversations.upload(agent.id(), asAttachment(file)))
            .toList();
    return conversations.reply(
        agent.id(), conversationId, Conversations.Reply.of(ownText(incoming), files));
  }

  private static AttachmentFile asAttachment(AttachmentFile file) {
    return new AttachmentFile(
        file.name(), file.contentType(), file.size(), file.file(), null, false);
  }

  private @Nullable String refusal(Agent agent, Incoming incoming, long conversationId) {
    if (!isFrom(agent, incoming)) {
      return "it does not come from " + agent.email();
    }
    Authentication authentication = incoming.assessment().authentication();
    if (authentication != null && authentication.verdict() == Authentication.Verdict.failed) {
      return "its sender could not be proven: " + authentication.reason();
    }
    if (notifications.answersWithin(agent.id(), WINDOW) > MOST_ANSWERS) {
      return "more came than a person writes, as if a machine answered";
    }
    if (!agent.active()) {
      return agent.name() + " is switched off";
    }
    if (ownText(incoming).replaceAll("[\\s>]+", " ").contains(NotificationComposer.HINT)) {
      return "what was written could not be told from what was quoted";
    }
    Access access = agents.access(agent.id()).orElse(null);
    return access != null
            && access.permissions().contains(Permission.CONVERSATIONS_REPLY)
            && door.sees(access.sight(), conversationId)
        ? null
        : agent.name() + " may not answer customers here";
  }

  private static String note(Incoming incoming, Agent agent, String reason) {
    String sender = Objects.requireNonNullElse(incoming.from().address(), "somebody");
    return "A mail from %s came to the address at which %s answers. It was not sent to the customer: %s\n\n%s"
        .formatted(
            sender, agent.name(), reason + (reason.endsWith(".") ? "" : "."), ownText(incoming))
        .strip();
  }

  private Optional<SignedAddress.Answering> addressed(StoredMail mail, Incoming incoming) {
    return Stream.concat(
            mail.recipients().stream(),
            incoming.recipients().stream()
                .filter(recipient -> !recipient.kind().equals("reply-to"))
                .map(Recipient::address)
                .filter(Objects::nonNull))
        .flatMap(address -> signedAddress.answering(address).stream())
        .findFirst();
  }

  /** Some programs answer the sender and not the address they are asked to. */
  private Optional<SignedAddress.Answering> named(Incoming incoming) {
    return Stream.concat(incoming.references().stream(), Stream.ofNullable(incoming.externalId()))
        .flatMap(id -> signedAddress.answering(id).stream())
        .findFirst();
  }

  private static boolean isMachines(Incoming incoming) {
    return incoming.kind() != MessageKind.message;
  }

  private boolean isFrom(long agentId, Incoming incoming) {
    return agents.find(agentId).filter(agent -> isFrom(agent, incoming)).isPresent();
  }

  private static boolean isFrom(Agent agent, Incoming incoming) {
    return agent.email().equalsIgnoreCase(incoming.from().address());
  }

  private static String ownText(Incoming incoming) {
    return incoming.ownText() == null ? incoming.text() : incoming.ownText();
  }
}
