package dev.shopbell.conversations;

import dev.shopbell.customers.Customers;
import dev.shopbell.platform.facts.Actor;
import dev.shopbell.platform.facts.Fact;
import dev.shopbell.platform.facts.Facts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
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
  private final IncomingMessageStore incomingMessages;
  private final Customers customers;
  private final Facts facts;

  Intake(
      IntakeStore store, IncomingMessageStore incomingMessages, Customers customers, Facts facts) {
    this.store = store;
    this.incomingMessages = incomingMessages;
    this.customers = customers;
    this.facts = facts;
  }

  /** A conversation while the batch is decided: as it stands in the database, or as it will. */
  static final class Affected {
    final long id;
    final long brandId;
    final long customerId;
    final boolean existed;
    Status status;
    @Nullable Instant resolvedAt;
    final List<IntakeStore.NewMessage> messages = new ArrayList<>();
    String subject = "";
    boolean demo;
    boolean deliveryProblem;
    boolean woken;
    boolean halts;
    @Nullable String spamReason;

    Affected(
        long id,
        long brandId,
        long customerId,
        boolean existed,
        Status status,
        @Nullable Instant resolvedAt) {
      this.id = id;
      this.brandId = brandId;
      this.customerId = customerId;
      this.existed = existed;
      this.status = status;
      this.resolvedAt = resolvedAt;
    }
  }

  /** What one batch knows and has decided so far. */
  private final class Batch {
    final Map<IntakeStore.ExternalId, List<IntakeStore.Known>> known;
    final Map<IntakeStore.ExternalId, Long> awaited;
    final Map<Long, Affected> threads = new HashMap<>();
    final Map<Customers.Key, Long> customerIds;
    final List<IntakeStore.NextIds> nextIds;
    final List<Facts.By> happened = new ArrayList<>();
    final List<IntakeStore.Link> links = new ArrayList<>();
    final List<IntakeStore.Awaited> nowAwaited = new ArrayList<>();
    final List<IntakeStore.BouncedReply> bounced = new ArrayList<>();
    int madeConversations;

    Batch(List<Incoming> batch) {
      Set<IntakeStore.ExternalId> ids = new HashSet<>();
      for (Incoming message : batch) {
        if (message.externalId() != null) {
          ids.add(new IntakeStore.ExternalId(message.brandId(), message.externalId()));
        }
        message
            .references()
            .forEach(id -> ids.add(new IntakeStore.ExternalId(message.brandId(), id)));
      }
      store.lock(ids);
      IntakeStore.Named named = store.named(ids);
      known = named.known();
      awaited = named.awaited();
      customerIds =
          customers.findOrCreate(
              batch.stream().map(Intake::sighting).filter(Objects::nonNull).toList());
      nextIds = store.nextIds(batch.size());
      Set<Long> candidates = new HashSet<>(awaited.values());
      known.values().forEach(list -> list.forEach(one -> candidates.add(one.conversationId())));
      batch.stream()
          .map(Incoming::signedConversation)
          .filter(Objects::nonNull)
          .forEach(candidates::add);
      store.lockThreads(candidates).forEach(thread -> threads.put(thread.id, thread));
    }
  }

  private static Customers.@Nullable Sighting sighting(Incoming message) {
    String address = message.from().address();
    return address == null || address.isBlank() || message.kind() == MessageKind.bounce
        ? null
        : new Customers.Sighting(
            Customers.Key.email(message.brandId(), address),
            message.from().name(),
            verifiedBy(message),
            message.demo(),
            message.receivedAt());
  }

  private static boolean isForged(Incoming message) {
    Authentication authentication = message.assessment().authentication();
    return authentication != null && authentication.verdict() == Authentication.Verdict.failed;
  }

  private static @Nullable String verifiedBy(Incoming message) {
    Authentication authentication = message.assessment().authentication();
    return authentication == null ? null : authentication.verifiedBy();
  }

  List<Received> receive(List<Incoming> incoming) {
    Batch batch = new Batch(incoming);
    List<Received> results = new ArrayList<>();
    for (int i = 0; i < incoming.size(); i++) {
      results.add(one(batch, incoming.get(i), batch.nextIds.get(i).messageId()));
    }
    store.insertConversations(
        batch.threads.values().stream().filter(thread -> !thread.existed).toList());
    store.updateConversations(
        batch.threads.values().stream()
            .filter(thread -> thread.existed && !thread.messages.isEmpty())
            .toList());
    incomingMessages.insert(
        batch.threads.values().stream().flatMap(thread -> thread.messages.stream()).toList());
    halt(batch);
    store.insertLinks(batch.links);
    store.insertAwaited(batch.nowAwaited);
    store.markBounced(batch.bounced);
    facts.appendBy(batch.happened);
    return results;
  }

  /** What was scheduled before somebody wrote is not sent past them. */
  private void halt(Batch batch) {
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

  private Received one(Batch batch, Incoming message, long messageId) {
    IntakeStore.ExternalId own =
        message.externalId() == null
            ? null
            : new IntakeStore.ExternalId(message.brandId(), message.externalId());
    for (IntakeStore.Known known :
        own == null ? List.<IntakeStore.Known>of() : batch.known.getOrDefault(own, List.of())) {
      if (known.direction() == Direction.outbound && known.sentFrom(message.from().address())) {
        return new Received.Echo(known.messageId());
      }
      if (known.direction() == Direction.inbound
          && Objects.equals(known.contentHash(), message.contentHash())) {
        return new Received.Duplicate(known.messageId());
      }
    }
    Found found = find(batch, message, own);
    long customerId = customerOf(batch, message, found);
    Affected thread = null;
    boolean unverified = false;
    boolean thirdParty = false;
    if (found != null) {
      IntakeStore.Standing standing = standing(found, customerId, message);
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
          thread = start(batch, message, customerId);
          batch.links.add(new IntakeStore.Link(thread.id, found.thread().id, relation));
        }
      }
    }
    if (thread == null) {
      thread = start(batch, message, customerId);
    }
    add(batch, thread, message, messageId, new Marks(unverified, thirdParty));
    if (message.bounce() != null && found != null && found.answered() != null) {
      batch.bounced.add(new IntakeStore.BouncedReply(found.answered(), message.bounce().words()));
      batch.happened.add(
          new Facts.By(
              Actor.SYSTEM,
              new ReplyFailed(thread.brandId, thread.id, found.answered()),
              message.receivedAt()));
      thread.deliveryProblem = true;
    }
    if (own != null) {
      batch
          .known
          .computeIfAbsent(own, any -> new ArrayList<>())
          .add(
              new IntakeStore.Known(
                  messageId,
                  thread.id,
                  Direction.inbound,
                  message.contentHash(),
                  message.from().address()));
    }
    if (found == null) {
      for (String reference : message.references()) {
        batch.nowAwaited.add(new IntakeStore.Awaited(message.brandId(), reference, thread.id));
        batch.awaited.putIfAbsent(
            new IntakeStore.ExternalId(message.brandId(), reference), thread.id);
      }
    }
    return new Received.Taken(messageId, thread.id);
  }

  /**
   * A conversation that the message points to.
   *
   * @param answered our own message that it points to, where it is one
   */
  private record Found(Affected thread, boolean signed, @Nullable Long answered) {}

  private static @Nullable Found find(
      Batch batch, Incoming message, IntakeStore.@Nullable ExternalId own) {
    Long answered = null;
    Affected byReference = null;
    for (String reference : message.references()) {
      for (IntakeStore.Known known :
          batch.known.getOrDefault(
              new IntakeStore.ExternalId(message.brandId(), reference), List.of())) {
        Affected thread = batch.threads.get(known.conversationId());
        if (byReference == null && thread != null) {
          byReference = thread;
        }
        if (answered == null && known.direction() == Direction.outbound) {
          answered = known.messageId();
        }
      }
    }
    Affected signed =
        message.signedConversation() == null
            ? null
            : batch.threads.get(message.signedConversation());
    if (signed != null && signed.brandId == message.brandId()) {
      return new Found(signed, true, answered);
    }
    if (byReference != null) {
      return new Found(byReference, false, answered);
    }
    Long overtaken = own == null ? null : batch.awaited.get(own);
    Affected waiting = overtaken == null ? null : batch.threads.get(overtaken);
    return waiting == null ? null : new Found(waiting, false, null);
  }

  private IntakeStore.Standing standing(Found found, long customerId, Incoming message) {
    if (found.thread().customerId == customerId) {
      return IntakeStore.Standing.party;
    }
    String address = message.from().address();
    return address != null && found.thread().existed
        ? store.standing(found.thread().id, address)
        : IntakeStore.Standing.stranger;
  }

  private long customerOf(Batch batch, Incoming message, @Nullable Found found) {
    Customers.Sighting sighting = sighting(message);
    if (sighting != null) {
      return Objects.requireNonNull(batch.customerIds.get(sighting.key()));
    }
    return found != null
        ? found.thread().customerId
        : customers.createUnknown(message.brandId(), message.from().name());
  }

  private static Affected start(Batch batch, Incoming message, long customerId) {
    long id = batch.nextIds.get(batch.madeConversations++).conversationId();
    String spamReason = message.assessment().spamReason();
    Status status = spamReason == null ? Status.open : Status.spam;
    Affected thread = new Affected(id, message.brandId(), customerId, false, status, null);
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
      Batch batch, Affected thread, Incoming message, long messageId, Marks marks) {
    String own = message.ownText() == null ? message.text() : message.ownText();
    thread.messages.add(
        new IntakeStore.NewMessage(messageId, thread.id, message, marks, preview(own, message)));
    Actor customer = Actor.customer(thread.customerId);
    Fact received =
        new MessageReceived(
            thread.brandId,
            thread.id,
            thread.customerId,
            messageId,
            message.channel(),
            message.kind());
    batch.happened.add(new Facts.By(customer, received, message.receivedAt()));
    boolean wakes = message.kind().wakes();
    if (wakes) {
      thread.halts = thread.existed;
      thread.woken |= !marks.thirdParty();
    }
    boolean changes =
        (wakes || message.kind() == MessageKind.bounce) && thread.status != Status.spam;
    if (thread.existed && changes && thread.status != Status.open) {
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

  static String preview(String text, Incoming message) {
    String line = oneLine(text);
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
