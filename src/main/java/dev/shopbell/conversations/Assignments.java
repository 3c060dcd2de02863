package dev.shopbell.conversations;

import dev.shopbell.platform.facts.Actor;
import dev.shopbell.platform.web.Problem;
import dev.shopbell.platform.web.Sight;
import dev.shopbell.staff.Agents;
import dev.shopbell.staff.Teams;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Whose a conversation is: an agent's, a team's, both or nobody's. */
@Component
class Assignments {
  private final Changes changes;
  private final Agents agents;
  private final Teams teams;

  Assignments(Changes changes, Agents agents, Teams teams) {
    this.changes = changes;
    this.agents = agents;
    this.teams = teams;
  }

  /**
   * Where an agent of its team takes it and no team is named, it stays that team's.
   *
   * @throws Problem if the agent has no access, does not see the brand or is not in the team
   */
  void set(
      Actor actor,
      ConversationStore.Current conversation,
      @Nullable Long agentId,
      @Nullable Long teamId) {
    Sight theirs = agentId == null ? null : seeing(agentId, conversation.brandId());
    if (teamId != null) {
      teams.get(teamId);
      if (theirs != null && !theirs.teams().contains(teamId)) {
        throw Problem.invalid("agentId", "This agent is not in the team.");
      }
    }
    Long kept = conversation.teamId();
    boolean stays =
        teamId == null && theirs != null && kept != null && theirs.teams().contains(kept);
    changes.assign(actor, conversation, agentId);
    changes.assignTeam(actor, conversation, stays ? kept : teamId);
  }

  /**
   * To another agent; the team stays as it is.
   *
   * @throws Problem if the agent has no access or does not see the brand
   */
  void give(Actor actor, ConversationStore.Current conversation, @Nullable Long agentId) {
    if (agentId != null) {
      seeing(agentId, conversation.brandId());
    }
    changes.assign(actor, conversation, agentId);
  }

  private Sight seeing(long agentId, long brandId) {
    agents.get(agentId);
    Sight theirs =
        agents
            .access(agentId)
            .orElseThrow(() -> Problem.invalid("agentId", "This agent is switched off."))
            .sight();
    if (!theirs.sees(brandId)) {
      throw Problem.invalid("agentId", "This agent does not see the brand of the conversation.");
    }
    return theirs;
  }
}
