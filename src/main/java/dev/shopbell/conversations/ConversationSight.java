package dev.shopbell.conversations;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.shopbell.platform.facts.StoredFact;
import dev.shopbell.platform.live.LiveSight;
import dev.shopbell.platform.web.Caller;
import dev.shopbell.platform.web.Sight;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Who may know of what happens at a conversation: whoever may read it. */
@Component
class ConversationSight implements LiveSight {
  private static final Duration FRESH = Duration.ofSeconds(2);

  private final JdbcClient jdbc;
  private final Cache<Long, Optional<Sight.Place>> known =
      Caffeine.newBuilder().maximumSize(20_000).expireAfterWrite(FRESH).build();

  ConversationSight(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Remembered for a moment. */
  @Override
  public boolean sees(Caller caller, long conversationId) {
    return known
        .get(conversationId, id -> Optional.ofNullable(standing(id).get(id)))
        .filter(caller.sight()::sees)
        .isPresent();
  }

  @Override
  public Map<Long, List<Sight.Place>> places(List<StoredFact> facts) {
    Map<Long, List<Sight.Place>> places = new HashMap<>();
    standing(
            facts.stream()
                .map(StoredFact::conversationId)
                .filter(Objects::nonNull)
                .distinct()
                .toArray(Long[]::new))
        .forEach((id, place) -> places.put(id, new ArrayList<>(List.of(place))));
    facts.forEach(fact -> before(fact, places));
    return places;
  }

  private Map<Long, Sight.Place> standing(Long... ids) {
    Map<Long, Sight.Place> places = new HashMap<>();
    jdbc.sql("select id, brand_id, assignee_id, team_id from conversation where id = any(:ids)")
        .param("ids", ids)
        .query(row -> {
          places.put(
              row.getLong(1),
              new Sight.Place(
                  row.getLong(2), row.getObject(3, Long.class), row.getObject(4, Long.class)));
        });
    return places;
  }

  /** Whoever had it until now is to learn that they have it no more. */
  private static void before(StoredFact fact, Map<Long, List<Sight.Place>> places) {
    List<Sight.Place> known = places.get(fact.conversationId());
    if (known == null) {
      return;
    }
    Sight.Place now = known.getFirst();
    if (fact.is(ConversationAssigned.class)) {
      known.add(new Sight.Place(now.brandId(), from(fact), now.teamId()));
    } else if (fact.is(ConversationTeamAssigned.class)) {
      known.add(new Sight.Place(now.brandId(), now.assigneeId(), from(fact)));
    }
  }

  private static @Nullable Long from(StoredFact fact) {
    JsonNode from = fact.data().path("from");
    return from.isNumber() ? from.asLong() : null;
  }
}
