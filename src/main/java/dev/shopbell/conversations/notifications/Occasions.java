package dev.shopbell.conversations.notifications;

import dev.shopbell.conversations.ConversationAssigned;
import dev.shopbell.conversations.NotificationKind;
import dev.shopbell.platform.facts.Actor;
import dev.shopbell.platform.facts.StoredFact;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What has to be known of a batch of facts to say whom they concern: read at once. */
@Component
class Occasions {
  private final JdbcClient jdbc;
  private final NotificationSettingsStore settings;

  Occasions(JdbcClient jdbc, NotificationSettingsStore settings) {
    this.jdbc = jdbc;
    this.settings = settings;
  }

  /** Somebody who may be told, and why. */
  record Recipient(long agentId, NotificationKind kind) {
    static Stream<Recipient> of(@Nullable Long agentId, NotificationKind kind) {
      return agentId == null ? Stream.empty() : Stream.of(new Recipient(agentId, kind));
    }
  }

  /**
   * A conversation as it stands.
   *
   * @param newestWords its newest message that is not a note
   */
  record Place(
      long id,
      @Nullable Long assigneeId,
      boolean spam,
      boolean demo,
      List<Long> followers,
      @Nullable Long newestWords) {
    Stream<Long> following() {
      return followers.stream();
    }
  }

  /**
   * A message.
   *
   * @param agentId who of us wrote it
   * @param stranger whether it is not proven to be the customer's
   */
  record About(
      @Nullable Long id,
      @Nullable Long agentId,
      List<Long> mentions,
      @Nullable String from,
      boolean stranger) {
    static final About NOTHING = new About(null, null, List.of(), null, false);
  }

  /**
   * An agent who works here.
   *
   * @param mailable whether mail to them makes sense: no demo agent, and they have joined
   */
  private record Person(long id, String email, boolean mailable, NotificationSettings settings) {}

  Known of(List<StoredFact> facts) {
    Set<Long> conversations =
        facts.stream()
            .map(StoredFact::conversationId)
            .filter(Objects::nonNull)
            .collect(Collectors.toSet());
    Set<Long> messages =
        facts.stream()
            .map(StoredFact::messageId)
            .filter(Objects::nonNull)
            .collect(Collectors.toSet());
    return new Known(places(conversations), abouts(messages), people());
  }

  private Map<Long, Place> places(Set<Long> ids) {
    return jdbc
        .sql(
            """
            select conversation.id, conversation.assignee_id, conversation.status = 'spam' as spam,
              conversation.demo or customer.demo as demo,
              array(select follower.agent_id from follower
                where follower.conversation_id = conversation.id and follower.following) as followers,
              (select message.id from message
                where message.conversation_id = conversation.id and message.direction <> 'note'
                  and not message.third_party and not message.unverified
                order by message.created_at desc, message.id desc limit 1) as newest
            from conversation join customer on customer.id = conversation.customer_id
            where conversation.id = any(:ids)
            """)
        .param("ids", ids.toArray(Long[]::new))
        .query((row, n) ->
            new Place(
                row.getLong("id"),
                row.getObject("assignee_id", Long.class),
                row.getBoolean("spam"),
                row.getBoolean("demo"),
                ids(row, "followers"),
                row.getObject("newest", Long.class)))
        .list()
        .stream()
        .collect(Collectors.toMap(Place::id, place -> place));
  }

  private Map<Long, About> abouts(Set<Long> ids) {
    Map<Long, About> found = new HashMap<>();
    jdbc.sql(
            """
            select id, agent_id, mention_ids, from_address, third_party or unverified as stranger
            from message where id = any(:ids)
            """)
        .param("ids", ids.toArray(Long[]::new))
        .query(row -> {
          found.put(
              row.getLong("id"),
              new About(
                  row.getLong("id"),
                  row.getObject("agent_id", Long.class),
                  ids(row, "mention_ids"),
                  row.getString("from_address"),
                  row.getBoolean("stranger")));
        });
    return found;
  }

  private Map<Long, Person> people() {
    return jdbc
        .sql(
            "select agent.id, agent.email, not agent.demo and agent.password_hash is not null as mailable, "
                + NotificationSettingsStore.COLUMNS
                + " from agent left join notification_settings as settings on settings.agent_id = agent.id"
                + " where agent.active")
        .query((row, n) ->
            new Person(
                row.getLong("id"),
                row.getString("email"),
                row.getBoolean("mailable"),
                settings.read(row)))
        .list()
        .stream()
        .collect(Collectors.toMap(Person::id, person -> person));
  }

  private static List<Long> ids(ResultSet row, String column) throws SQLException {
    return Arrays.asList((Long[]) row.getArray(column).getArray());
  }

  /** All that is known of a batch. */
  record Known(Map<Long, Place> places, Map<Long, About> messages, Map<Long, Person> people) {
    /** The message that the fact names. */
    About message(StoredFact fact) {
      return messages.getOrDefault(Objects.requireNonNullElse(fact.messageId(), 0L), About.NOTHING);
    }

    boolean works(@Nullable Long agentId) {
      return agentId != null && people.containsKey(agentId);
    }

    boolean followsAnswered(long agentId) {
      Person person = people.get(agentId);
      return person != null && person.settings().followAnswered();
    }

    Stream<Recipient> everybody() {
      return people.keySet().stream()
          .map(agent -> new Recipient(agent, NotificationKind.unassigned));
    }

    /** What is told to whom and where; empty where nothing is to be. */
    Optional<NotificationStore.NewNotification> decide(
        Recipient recipient, StoredFact fact, Place place) {
      Person person = people.get(recipient.agentId());
      if (person == null) {
        return Optional.empty();
      }
      About about = message(fact);
      NotificationKind.Choice choice = person.settings().of(recipient.kind());
      boolean own = about.from() != null && about.from().equalsIgnoreCase(person.email());
      boolean outside = person.mailable() && !place.demo();
      NotificationKind.Choice where =
          new NotificationKind.Choice(
              recipient.kind(),
              choice.desk(),
              choice.mail() && outside && !about.stranger(),
              choice.push() && outside);
      if (where.isNothing() || own) {
        return Optional.empty();
      }
      Long message = fact.is(ConversationAssigned.class) ? place.newestWords() : about.id();
      return Optional.of(
          new NotificationStore.NewNotification(
              recipient.agentId(),
              place.id(),
              message,
              where,
              fact.actor().kind() == Actor.Kind.agent ? fact.actor().id() : null,
              fact.position()));
    }
  }
}
