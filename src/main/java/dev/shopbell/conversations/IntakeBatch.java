package dev.shopbell.conversations;

import dev.shopbell.customers.Customers;
import dev.shopbell.platform.facts.Facts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What one batch knows and has decided so far. */
final class IntakeBatch {
  /** So long after a message of ours may a machine answer it without naming it. */
  private static final Duration ANSWERED_IN = Duration.ofDays(7);

  final Map<IntakeStore.ExternalId, List<IntakeStore.Known>> known;
  final Map<IntakeStore.ExternalId, Long> awaited;
  final Map<Long, Affected> threads = new HashMap<>();
  private final Map<Long, Long> standIn = new HashMap<>();
  final Map<Customers.Key, Long> customerIds;
  final List<IntakeStore.NextIds> nextIds;
  final List<Facts.By> happened = new ArrayList<>();
  final List<IntakeStore.Link> links = new ArrayList<>();
  final List<IntakeStore.Awaited> nowAwaited = new ArrayList<>();
  final List<Aftermath.News> news = new ArrayList<>();
  final Map<IntakeStore.ExternalId, Long> writtenTo;
  final Set<Long> answeredBefore;
  int madeConversations;

  IntakeBatch(List<Incoming> batch, IntakeStore store, MoveStore moves, Customers customers) {
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
        customers.heardFrom(
            batch.stream().map(IntakeBatch::sighting).filter(Objects::nonNull).toList());
    nextIds = store.nextIds(batch.size());
    writtenTo = store.writtenTo(unnamed(batch), batch.getFirst().receivedAt().minus(ANSWERED_IN));
    answeredBefore = store.answered(suspects(batch));
    Set<Long> candidates = new HashSet<>(awaited.values());
    candidates.addAll(writtenTo.values());
    known.values().forEach(list -> list.forEach(one -> candidates.add(one.conversationId())));
    batch.stream()
        .map(Incoming::signedConversation)
        .filter(Objects::nonNull)
        .forEach(candidates::add);
    lock(candidates, store, moves);
  }

  /** Those that have been merged lead to the ones that stand for them. */
  private void lock(Set<Long> candidates, IntakeStore store, MoveStore moves) {
    Set<Long> wanted = candidates;
    // Again only where one is merged at this very moment.
    for (int i = 0; i < 3 && !wanted.isEmpty(); i++) {
      store.lockThreads(wanted).forEach(thread -> threads.put(thread.id, thread));
      Set<Long> missing = new HashSet<>(wanted);
      missing.removeAll(threads.keySet());
      Map<Long, Long> found = moves.current(missing);
      standIn.putAll(found);
      wanted = new HashSet<>(found.values());
      wanted.removeAll(threads.keySet());
    }
  }

  /** The conversation of that id, or the one that stands for it now. */
  @Nullable Affected thread(@Nullable Long id) {
    return id == null ? null : threads.get(standIn.getOrDefault(id, id));
  }

  /** Whom the machines' messages are about that do not name the message that they answer. */
  private List<IntakeStore.ExternalId> unnamed(List<Incoming> batch) {
    return batch.stream()
        .filter(message ->
            !message.kind().wakes()
                && message.signedConversation() == null
                && message.references().stream()
                    .noneMatch(
                        id -> known.containsKey(new IntakeStore.ExternalId(message.brandId(), id))))
        .flatMap(message -> about(message).stream())
        .distinct()
        .toList();
  }

  private List<Long> suspects(List<Incoming> batch) {
    return batch.stream()
        .filter(message -> message.assessment().spamReason() != null)
        .map(IntakeBatch::sighting)
        .filter(Objects::nonNull)
        .map(sighting -> customerIds.get(sighting.key()))
        .filter(Objects::nonNull)
        .distinct()
        .toList();
  }

  static List<IntakeStore.ExternalId> about(Incoming message) {
    Incoming.Report report = message.report();
    String from = message.from().address();
    List<String> addresses =
        report != null && !report.recipients().isEmpty()
            ? report.recipients()
            : from == null ? List.of() : List.of(from);
    return addresses.stream()
        .map(address ->
            new IntakeStore.ExternalId(message.brandId(), address.toLowerCase(Locale.ROOT)))
        .toList();
  }

  static Customers.@Nullable Sighting sighting(Incoming message) {
    String address = message.from().address();
    // What a mail system reports, or a guard asks, is from nobody.
    boolean system =
        message.report() != null && message.report().outcome() != Incoming.Outcome.read;
    return address == null
            || address.isBlank()
            || system
            || message.arrival() == Arrival.earlier_answer
        ? null
        : new Customers.Sighting(
            Customers.Key.email(message.brandId(), address),
            message.from().name(),
            verifiedBy(message),
            message.demo(),
            message.receivedAt());
  }

  private static @Nullable String verifiedBy(Incoming message) {
    Authentication authentication = message.assessment().authentication();
    return authentication == null ? null : authentication.verifiedBy();
  }
}
