package dev.shopbell.platform.web;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an agent sees. What is out of it does not exist for them: it answers as what is absent does.
 *
 * @param brands null for all, also those to come
 * @param teams the teams they are in, whether or not these decide what they see
 * @param until when they see nothing any more; null for those whose access does not end
 */
public record Sight(
    long agentId,
    @Nullable Set<Long> brands,
    Conversations conversations,
    Set<Long> teams,
    @Nullable Instant until) {

  /** Which conversations of the brands. */
  public enum Conversations {
    all,
    /** Those of their teams, and their own. */
    teams,
    /** These, and those that are nobody's and no team's. */
    teams_and_unassigned
  }

  /** Where a conversation stands. */
  public record Place(long brandId, @Nullable Long assigneeId, @Nullable Long teamId) {}

  /** Whether nothing is hidden from them: then nothing has to be asked. */
  public boolean everything() {
    return brands == null && conversations == Conversations.all;
  }

  public boolean sees(long brandId) {
    return brands == null || brands.contains(brandId);
  }

  public boolean sees(Place place) {
    return sees(place.brandId())
        && (conversations == Conversations.all
            || Long.valueOf(agentId).equals(place.assigneeId())
            || (place.teamId() != null && teams.contains(place.teamId()))
            || (conversations == Conversations.teams_and_unassigned
                && place.assigneeId() == null
                && place.teamId() == null));
  }

  /** Whether the other, with the same rights, could show nothing that is hidden here. */
  public boolean covers(Sight other) {
    return (brands == null || (other.brands != null && brands.containsAll(other.brands)))
        && (conversations == Conversations.all
            || (other.conversations != Conversations.all
                && (conversations == Conversations.teams_and_unassigned
                    || other.conversations == Conversations.teams)
                && teams.containsAll(other.teams)));
  }

  /**
   * The ids as SQL takes them, for {@code :brands::bigint[] is null or brand_id = any(:brands)}.
   */
  public Long @Nullable [] brandIds() {
    return brands == null ? null : brands.toArray(Long[]::new);
  }

  /**
   * For a brand that is named in a body.
   *
   * @throws Problem as for one that does not exist
   */
  public void require(long brandId) {
    if (!sees(brandId)) {
      throw Problem.notFound("There is no brand " + brandId + ".");
    }
  }
}
