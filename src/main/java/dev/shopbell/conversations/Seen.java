package dev.shopbell.conversations;

import dev.shopbell.platform.web.Sight;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The one condition by which conversations are hidden, as SQL over {@code conversation}, and the
 * values of its parameters. Empty for those who see everything.
 */
public record Seen(String sql, Map<String, Object> parameters) {
  /** The same of all agents at once, as SQL over {@code conversation} and {@code agent}. */
  public static final String BY_AGENT =
      """
      ((agent.brand_ids is null or conversation.brand_id = any(agent.brand_ids))
        and (agent.sees = 'all' or conversation.assignee_id = agent.id
          or conversation.team_id in (select team_id from team_member where team_member.agent_id = agent.id)
          or (agent.sees = 'teams_and_unassigned'
            and conversation.assignee_id is null and conversation.team_id is null)))
      """;

  public static Seen by(Sight sight) {
    List<String> conditions = new ArrayList<>();
    Map<String, Object> parameters = new LinkedHashMap<>();
    Long[] brands = sight.brandIds();
    if (brands != null) {
      conditions.add("conversation.brand_id = any(:seenBrands)");
      parameters.put("seenBrands", brands);
    }
    if (sight.conversations() != Sight.Conversations.all) {
      conditions.add(
          "(conversation.assignee_id = :seenBy or conversation.team_id = any(:seenTeams)"
              + (sight.conversations() == Sight.Conversations.teams_and_unassigned
                  ? " or (conversation.assignee_id is null and conversation.team_id is null))"
                  : ")"));
      parameters.put("seenBy", sight.agentId());
      parameters.put("seenTeams", sight.teams().toArray(Long[]::new));
    }
    return new Seen(String.join(" and ", conditions), parameters);
  }

  /** Behind other conditions. */
  public String and() {
    return sql.isEmpty() ? "" : " and " + sql;
  }
}
