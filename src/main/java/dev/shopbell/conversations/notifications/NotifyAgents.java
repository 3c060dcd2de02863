package dev.shopbell.conversations.notifications;

import dev.shopbell.conversations.ConversationAssigned;
import dev.shopbell.conversations.ConversationStatusChanged;
import dev.shopbell.conversations.MessageKind;
import dev.shopbell.conversations.MessageReceived;
import dev.shopbell.conversations.NoteAdded;
import dev.shopbell.conversations.NotificationKind;
import dev.shopbell.conversations.ReplyFailed;
import dev.shopbell.conversations.ReplyHalted;
import dev.shopbell.conversations.ReplyQueued;
import dev.shopbell.conversations.ReplyScheduled;
import dev.shopbell.conversations.Status;
import dev.shopbell.platform.facts.Actor;
import dev.shopbell.platform.facts.FactConsumer;
import dev.shopbell.platform.facts.Facts;
import dev.shopbell.platform.facts.StoredFact;
import dev.shopbell.platform.live.LiveCompany;
import dev.shopbell.platform.tasks.Tasks;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * Writes down who is told what. Nobody is told of what they did themselves or have before them, and
 * one fact is one reason for an agent, however often it is read.
 */
@Component
class NotifyAgents implements FactConsumer {
  /** Older than this is history: imported, or read by a consumer that is new here. */
  private static final Duration NEWS = Duration.ofHours(1);

  private final Occasions occasions;
  private final NotificationStore store;
  private final Followers followers;
  private final LiveCompany company;
  private final Tasks tasks;
  private final Facts facts;
  private final Clock clock;

  NotifyAgents(
      Occasions occasions,
      NotificationStore store,
      Followers followers,
      LiveCompany company,
      Tasks tasks,
      Facts facts,
      Clock clock) {
    this.occasions = occasions;
    this.store = store;
    this.followers = followers;
    this.company = company;
    this.tasks = tasks;
    this.facts = facts;
    this.clock = clock;
  }

  @Override
  public void read(List<StoredFact> batch) {
    Instant now = clock.instant();
    List<StoredFact> news =
        batch.stream()
            .filter(fact -> fact.conversationId() != null && fact.at().plus(NEWS).isAfter(now))
            .filter(NotifyAgents::isOfInterest)
            .toList();
    if (news.isEmpty()) {
      return;
    }
    Occasions.Known known = occasions.of(news);
    List<Followers.Reason> follows = new ArrayList<>();
    List<NotificationStore.NewNotification> told = new ArrayList<>();
    for (StoredFact fact : news) {
      Occasions.Place place = known.places().get(fact.conversationId());
      if (place != null) {
        follows(fact, known).forEach(follows::add);
        recipients(fact, place, known)
            .filter(recipient -> !fact.actor().equals(Actor.agent(recipient.agentId())))
            .filter(recipient -> !company.looksAt(recipient.agentId(), place.id()))
            .flatMap(recipient -> known.decide(recipient, fact, place).stream())
            .forEach(told::add);
      }
    }
    followers.add(follows);
    tell(told, now);
  }

  private void tell(List<NotificationStore.NewNotification> told, Instant now) {
    List<NotificationStore.Added> added = store.add(told, now);
    added.stream()
        .filter(one -> one.mail() || one.push())
        .forEach(one -> tasks.schedule(TellAgent.class, one.id(), now));
    List<Long> agents = added.stream().map(NotificationStore.Added::agentId).distinct().toList();
    if (!agents.isEmpty()) {
      facts.append(Actor.SYSTEM, new NotificationsChanged(agents));
    }
  }

  private static boolean isOfInterest(StoredFact fact) {
    if (fact.is(MessageReceived.class)) {
      return !fact.data().path("imported").asBoolean(false)
          && fact.data().path("kind").asString("").equals(MessageKind.message.name());
    }
    if (fact.is(ConversationStatusChanged.class)) {
      return fact.actor().equals(Actor.SYSTEM)
          && fact.data().path("from").asString("").equals(Status.snoozed.name())
          && fact.data().path("to").asString("").equals(Status.open.name());
    }
    return fact.is(ConversationAssigned.class)
        || fact.is(NoteAdded.class)
        || fact.is(ReplyFailed.class)
        || fact.is(ReplyHalted.class)
        || fact.is(ReplyQueued.class)
        || fact.is(ReplyScheduled.class);
  }

  private static Stream<Followers.Reason> follows(StoredFact fact, Occasions.Known known) {
    long conversation = Objects.requireNonNull(fact.conversationId());
    Long actor = fact.actor().kind() == Actor.Kind.agent ? fact.actor().id() : null;
    if (fact.is(ReplyQueued.class) || fact.is(ReplyScheduled.class)) {
      return actor != null && known.followsAnswered(actor)
          ? Stream.of(new Followers.Reason(conversation, actor))
          : Stream.empty();
    }
    return known.message(fact).mentions().stream()
        .map(agent -> new Followers.Reason(conversation, agent));
  }

  /** Each agent once, for the most telling reason. */
  private static Stream<Occasions.Recipient> recipients(
      StoredFact fact, Occasions.Place place, Occasions.Known known) {
    if (fact.is(ConversationAssigned.class)) {
      return Occasions.Recipient.of(
          fact.data().path("to").isNumber() ? fact.data().path("to").asLong() : null,
          NotificationKind.assigned);
    }
    Occasions.About about = known.message(fact);
    if (fact.is(ReplyFailed.class) || fact.is(ReplyHalted.class)) {
      return Occasions.Recipient.of(
          known.works(about.agentId()) ? about.agentId() : place.assigneeId(),
          fact.is(ReplyFailed.class) ? NotificationKind.failed : NotificationKind.held);
    }
    if (fact.is(ConversationStatusChanged.class)) {
      return place.assigneeId() != null
          ? Occasions.Recipient.of(place.assigneeId(), NotificationKind.woken)
          : place.following().map(agent -> new Occasions.Recipient(agent, NotificationKind.woken));
    }
    Stream<Occasions.Recipient> following =
        place.following().map(agent -> new Occasions.Recipient(agent, NotificationKind.followed));
    if (fact.is(NoteAdded.class)) {
      return once(
          Stream.of(
              about.mentions().stream()
                  .map(agent -> new Occasions.Recipient(agent, NotificationKind.mentioned)),
              Occasions.Recipient.of(place.assigneeId(), NotificationKind.noted),
              following));
    }
    if (fact.is(MessageReceived.class) && !place.spam()) {
      return once(
          Stream.of(
              Occasions.Recipient.of(place.assigneeId(), NotificationKind.answered),
              following,
              place.assigneeId() == null ? known.everybody() : Stream.empty()));
    }
    return Stream.empty();
  }

  private static Stream<Occasions.Recipient> once(Stream<Stream<Occasions.Recipient>> all) {
    LinkedHashMap<Long, Occasions.Recipient> first = new LinkedHashMap<>();
    all.flatMap(some -> some).forEach(one -> first.putIfAbsent(one.agentId(), one));
    return first.values().stream();
  }
}
