package dev.shopbell.conversations;

import dev.shopbell.platform.facts.Actor;
import dev.shopbell.platform.facts.Fact;
import dev.shopbell.platform.facts.Facts;
import dev.shopbell.platform.facts.StoredFact;
import dev.shopbell.platform.web.Cursor;
import dev.shopbell.platform.web.Page;
import dev.shopbell.staff.Agents;
import dev.shopbell.staff.Teams;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** What happened to a conversation besides its messages, read from the facts. */
@Component
class Timeline {
  private static final List<String> SHOWN =
      List.<Class<? extends Fact>>of(
              ConversationStarted.class,
              ConversationReopened.class,
              ConversationStatusChanged.class,
              ConversationAssigned.class,
              ConversationTeamAssigned.class,
              ConversationPriorityChanged.class,
              ConversationTagged.class,
              ConversationSubjectChanged.class,
              ConversationFieldsChanged.class,
              ReplyFailed.class,
              ConversationsMerged.class,
              ConversationMergeUndone.class,
              ConversationSplit.class,
              ConversationSplitUndone.class,
              ConversationLinked.class,
              ConversationUnlinked.class)
          .stream()
          .map(Class::getSimpleName)
          .toList();

  private final Facts facts;
  private final Agents agents;
  private final Teams teams;
  private final TagStore tags;
  private final MoveStore moves;

  Timeline(Facts facts, Agents agents, Teams teams, TagStore tags, MoveStore moves) {
    this.facts = facts;
    this.agents = agents;
    this.teams = teams;
    this.tags = tags;
    this.moves = moves;
  }

  Page<ConversationEvent> of(long conversationId, int limit, @Nullable Cursor cursor) {
    List<StoredFact> read =
        facts.ofConversations(
            moves.family(conversationId), SHOWN, cursor == null ? 0 : cursor.number(0), limit + 1);
    Set<Long> mentioned = new HashSet<>();
    Set<Long> mentionedTeams = new HashSet<>();
    for (StoredFact fact : read) {
      if (fact.actor().kind() == Actor.Kind.agent) {
        mentioned.add(fact.actor().id());
      }
      if (fact.is(ConversationAssigned.class)) {
        mentioned.add(fact.data().path("from").asLong(0));
        mentioned.add(fact.data().path("to").asLong(0));
      }
      if (fact.is(ConversationTeamAssigned.class)) {
        mentionedTeams.add(fact.data().path("from").asLong(0));
        mentionedTeams.add(fact.data().path("to").asLong(0));
      }
    }
    mentioned.removeIf(Objects::isNull);
    Map<Long, String> names = agents.names(mentioned);
    Map<Long, String> teamNames = teams.names(mentionedTeams);
    Map<Long, String> tagNames =
        read.stream().anyMatch(fact -> fact.is(ConversationTagged.class)) ? tags.names() : Map.of();
    List<Long> undoable =
        moves.undoable(read.stream().map(Timeline::move).filter(Objects::nonNull).toList());
    List<ConversationEvent> events =
        read.stream().map(fact -> event(fact, names, teamNames, tagNames, undoable)).toList();
    return Page.of(events, limit, event -> Cursor.of(event.id()));
  }

  private static ConversationEvent event(
      StoredFact fact,
      Map<Long, String> names,
      Map<Long, String> teams,
      Map<Long, String> tags,
      List<Long> undoable) {
    Map<Long, String> meant = fact.is(ConversationTeamAssigned.class) ? teams : names;
    Long move = move(fact);
    Actor actor = fact.actor();
    return new ConversationEvent(
        fact.position().id(),
        fact.name(),
        fact.at(),
        new ConversationEvent.Who(
            actor.kind().name(), actor.kind() == Actor.Kind.agent ? names.get(actor.id()) : null),
        new ConversationEvent.Detail(
            value(fact, "from", meant),
            value(fact, "to", meant),
            tagNames(fact.data().path("added"), tags),
            tagNames(fact.data().path("removed"), tags),
            other(fact),
            move != null && undoable.contains(move) ? move : null));
  }

  private static @Nullable Long move(StoredFact fact) {
    return fact.is(ConversationsMerged.class) || fact.is(ConversationSplit.class)
        ? fact.data().path("moveId").asLong()
        : null;
  }

  private static @Nullable Long other(StoredFact fact) {
    for (String field : List.of("mergedId", "newId", "otherId")) {
      if (fact.data().path(field).isNumber()) {
        return fact.data().path(field).asLong();
      }
    }
    return null;
  }

  private static @Nullable String value(StoredFact fact, String field, Map<Long, String> names) {
    JsonNode node = fact.data().path(field);
    if (node.isNumber()) {
      return names.get(node.asLong());
    }
    return node.isString() ? node.asString() : null;
  }

  private static List<String> tagNames(JsonNode ids, Map<Long, String> tags) {
    return StreamSupport.stream(ids.spliterator(), false)
        .map(id -> tags.get(id.asLong()))
        .filter(Objects::nonNull)
        .toList();
  }
}
