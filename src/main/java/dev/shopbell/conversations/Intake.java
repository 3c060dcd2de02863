package dev.shopbell.conversations;

import dev.shopbell.customers.Customers;
import dev.shopbell.platform.facts.Actor;
import dev.shopbell.platform.facts.Fact;
import dev.shopbell.platform.facts.Facts;
import dev.shopbell.platform.language.LanguageGuess;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Takes a batch of incoming messages into conversations: everything is read with a few statements,
 * decided in memory in the order of arrival, and written with a few statements. Many in one
 * transaction is what makes intake fast.
 */
@Component
class Intake {
  private static final int PREVIEW = 180;

  private final IntakeStore store;
  private final MoveStore moves;
  private final IncomingConversationStore conversations;
  private final ThreadFinder finder;
  private final Aftermath aftermath;
  private final Customers customers;
  private final Facts facts;

  Intake(
      IntakeStore store,
      MoveStore moves,
      IncomingConversationStore conversations,
      ThreadFinder finder,
      Aftermath aftermath,
      Customers customers,
      Facts facts) {
    this.store = store;
    this.moves = moves;
    this.conversations = conversations;
    this.finder = finder;
    this.aftermath = aftermath;
    this.customers = customers;
    this.facts = facts;
  }

  private static boolean isForged(Incoming message) {
    Authentication authentication = message.assessment().authentication();
    return authentication != null && authentication.verdict() == Authentication.Verdict.failed;
  }

  List<Received> receive(List<Incoming> incoming) {
    IntakeBatch batch = new IntakeBatch(incoming, store, moves, customers);
    List<Received> results = new ArrayList<>();
    for (int i = 0; i < incoming.size(); i++) {
      results.add(one(batch, incoming.get(i), batch.nextIds.get(i).messageId()));
    }
    conversations.write(batch.threads.values());
    halt(batch);
    store.insertLinks(batch.links);
    store.insertAwaited(batch.nowAwaited);
    aftermath.write(batch.news);
    facts.appendBy(batch.happened);
    return results;
  }

  /** What was scheduled before somebody wrote is not sent past them. */
  private void halt(IntakeBatch batch) {
    List<Affected> halting =
        batch.threads.values().stream().filter(thread -> thread.halts).toList();
    if (!halting.isEmpty()) {
      Instant at = halting.getLast().messages.getLast().incoming().receivedAt();
      for (IntakeStore.Halted one : store.halt(halting.stream().map(t -> t.id).toList(), at)) {
        batch.happened.add(
            new Facts.By(
                Actor.SYSTEM,
                new ReplyHalted(one.brandId(), one.conversationId(), one.messageId()),
                at));
      }
    }
  }

  private Received one(IntakeBatch batch, Incoming message, long messageId) {
    IntakeStore.ExternalId own =
        message.externalId() == null
            ? null
            : new IntakeStore.ExternalId(message.brandId(), message.externalId());
    for (IntakeStore.Known known :
        own == null ? List.<IntakeStore.Known>of() : batch.known.getOrDefault(own, List.of())) {
      if (message.arrival() == Arrival.earlier_answer
          || (known.direction() == Direction.outbound
              && known.sentFrom(message.from().address()))) {
        return new Received.Echo(known.messageId());
      }
      if (known.direction() == Direction.inbound
          && Objects.equals(known.contentHash(), message.contentHash())) {
        return new Received.Duplicate(known.messageId());
      }
    }
    ThreadFinder.Found found = finder.find(batch, message, own);
    if (message.arrival() == Arrival.earlier_answer) {
      return found == null
          ? new Received.Unrelated()
          : addAnswer(batch, found.thread(), message, messageId, own);
    }
    long customerId = customerOf(batch, message, found);
    Affected thread = null;
    boolean unverified = false;
    boolean thirdParty = false;
    if (found != null) {
      IntakeStore.Standing standing = finder.standing(found, customerId, message);
      Threading.Clue clue =
          new Threading.Clue(
              found.signed(), standing != IntakeStore.Standing.stranger, isForged(message));
      switch (Threading.decide(
          clue,
          message.kind(),
          found.thread().status,
          found.thread().resolvedAt,
          message.receivedAt())) {
        case Threading.Decision.Join(boolean marked) -> {
          thread = found.thread();
          unverified = marked;
          thirdParty = standing == IntakeStore.Standing.third_party;
        }
        case Threading.Decision.Link(String relation) -> {
          thread = start(batch, message, customerId, found);
          unverified = isForged(message);
          batch.links.add(new IntakeStore.Link(thread.id, found.thread().id, relation));
        }
      }
    }
    if (thread == null) {
      thread = start(batch, message, customerId, null);
      unverified = isForged(message);
    }
    Aftermath.News news = news(message, found);
    boolean failed = news != null && news.report().outcome() == Incoming.Outcome.failed;
    add(batch, thread, message, messageId, new Marks(unverified, thirdParty), failed);
    if (news != null) {
      batch.news.add(news);
    }
    if (news != null && failed) {
      batch.happened.add(
          new Facts.By(
              Actor.SYSTEM,
              new ReplyFailed(thread.brandId, thread.id, news.messageId()),
              message.receivedAt()));
      thread.deliveryProblem = true;
    }
    remember(batch, own, message, messageId, thread, Direction.inbound);
    if (found == null) {
      for (String reference : message.references()) {
        batch.nowAwaited.add(new IntakeStore.Awaited(message.brandId(), reference, thread.id));
        batch.awaited.putIfAbsent(
            new IntakeStore.ExternalId(message.brandId(), reference), thread.id);
      }
    }
    return new Received.Taken(messageId, thread.id);
  }

  private static void remember(
      IntakeBatch batch,
      IntakeStore.@Nullable ExternalId own,
      Incoming message,
      long messageId,
      Affected thread,
      Direction direction) {
    if (own != null) {
      batch
          .known
          .computeIfAbsent(own, any -> new ArrayList<>())
          .add(
              new IntakeStore.Known(
                  messageId,
                  thread.id,
                  direction,
                  message.contentHash(),
                  message.from().address()));
    }
  }

  /** An answer that was given elsewhere, before; after it nobody waits. */
  private static Received addAnswer(
      IntakeBatch batch,
      Affected thread,
      Incoming message,
      long messageId,
      IntakeStore.@Nullable ExternalId own) {
    boolean newest =
        thread.add(
            new IntakeStore.NewMessage(
                messageId, thread.id, message, new Marks(false, false), preview(message)));
    batch.happened.add(
        new Facts.By(
            Actor.SYSTEM,
            new ReplyImported(thread.brandId, thread.id, messageId),
            message.receivedAt()));
    if (newest) {
      resolve(batch, thread, message);
    }
    remember(batch, own, message, messageId, thread, Direction.outbound);
    return new Received.Taken(messageId, thread.id);
  }

  private static void resolve(IntakeBatch batch, Affected thread, Incoming message) {
    thread.wokenBy = null;
    thread.settled = true;
    if (thread.status != Status.spam && thread.status != Status.resolved) {
      batch.happened.add(
          new Facts.By(
              Actor.SYSTEM,
              new ConversationStatusChanged(
                  thread.brandId, thread.id, thread.status, Status.resolved),
              message.receivedAt()));
      thread.status = Status.resolved;
    }
    thread.resolvedAt = message.receivedAt();
  }

  /** What the message tells of one of ours; null where it tells nothing, or of none. */
  private static Aftermath.@Nullable News news(
      Incoming message, ThreadFinder.@Nullable Found found) {
    return message.report() == null || found == null || found.answered() == null
        ? null
        : new Aftermath.News(
            message.brandId(), found.answered(), message.report(), message.receivedAt());
  }

  private long customerOf(IntakeBatch batch, Incoming message, ThreadFinder.@Nullable Found found) {
    Customers.Sighting sighting = IntakeBatch.sighting(message);
    if (sighting != null) {
      return Objects.requireNonNull(batch.customerIds.get(sighting.key()));
    }
    return found != null
        ? found.thread().customerId
        : customers.createUnknown(message.brandId(), message.from().name());
  }

  /**
   * Whom we have answered before, or who answers us, is not put in spam; unless it is shown that
   * somebody else uses the name.
   */
  private static @Nullable String spamReason(
      IntakeBatch batch, Incoming message, long customerId, ThreadFinder.@Nullable Found found) {
    boolean trusted =
        batch.answeredBefore.contains(customerId) || (found != null && found.answered() != null);
    return trusted && !isForged(message) ? null : message.assessment().spamReason();
  }

  private static Affected start(
      IntakeBatch batch, Incoming message, long customerId, ThreadFinder.@Nullable Found found) {
    long id = batch.nextIds.get(batch.madeConversations++).conversationId();
    String spamReason = spamReason(batch, message, customerId, found);
    Status status = spamReason == null ? Status.open : Status.spam;
    Affected thread = new Affected(id, message.brandId(), customerId, false, status, null, null);
    thread.spamReason = spamReason;
    thread.subject = message.subject();
    thread.demo = message.demo();
    batch.threads.put(id, thread);
    batch.happened.add(
        new Facts.By(
            Actor.customer(customerId),
            new ConversationStarted(message.brandId(), id, customerId),
            message.receivedAt()));
    return thread;
  }

  /** What is noted of the sender's part in the conversation. */
  record Marks(boolean unverified, boolean thirdParty) {}

  private static void add(
      IntakeBatch batch,
      Affected thread,
      Incoming message,
      long messageId,
      Marks marks,
      boolean failed) {
    boolean newest =
        thread.add(
            new IntakeStore.NewMessage(messageId, thread.id, message, marks, preview(message)));
    Actor customer = Actor.customer(thread.customerId);
    Fact received =
        new MessageReceived(
            thread.brandId,
            thread.id,
            thread.customerId,
            messageId,
            message.channel(),
            message.kind(),
            message.arrival().isImported());
    batch.happened.add(new Facts.By(customer, received, message.receivedAt()));
    if (newest && message.kind() == MessageKind.message && !marks.thirdParty()) {
      String own = message.ownText() == null ? message.text() : message.ownText();
      thread.language = LanguageGuess.of(own).orElse(thread.language);
    }
    if (message.arrival() == Arrival.earlier_answered) {
      if (newest) {
        resolve(batch, thread, message);
      }
      return;
    }
    if (!newest) {
      return;
    }
    thread.halts |= message.kind().wakes() && thread.existed;
    if (message.kind().isFromPerson() && !marks.thirdParty() && thread.wokenBy == null) {
      thread.wokenBy = thread.messages.getLast();
    }
    boolean changes = (message.kind().wakes() || failed) && thread.status != Status.spam;
    if (changes && thread.status != Status.open) {
      batch.happened.add(
          new Facts.By(
              customer,
              thread.status == Status.resolved
                  ? new ConversationReopened(thread.brandId, thread.id, thread.customerId)
                  : new ConversationStatusChanged(
                      thread.brandId, thread.id, thread.status, Status.open),
              message.receivedAt()));
      thread.status = Status.open;
    }
  }

  private static String preview(Incoming message) {
    String line = oneLine(message.ownText() == null ? message.text() : message.ownText());
    if (!line.isEmpty()) {
      return line;
    }
    Collection<AttachmentFile> attachments = message.attachments();
    return attachments.isEmpty() ? "" : "📎 " + attachments.iterator().next().name();
  }

  static String oneLine(String text) {
    String start = text.length() > 4 * PREVIEW ? text.substring(0, 4 * PREVIEW) : text;
    String line = start.replaceAll("\\s+", " ").strip();
    if (line.length() <= PREVIEW) {
      return line;
    }
    int end = Character.isHighSurrogate(line.charAt(PREVIEW - 1)) ? PREVIEW - 1 : PREVIEW;
    return line.substring(0, end);
  }
}
