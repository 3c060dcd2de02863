package dev.shopbell.staff;

import dev.shopbell.platform.live.AgentPresence;
import dev.shopbell.platform.live.LiveCompany;
import dev.shopbell.platform.web.Allow;
import dev.shopbell.platform.web.Caller;
import dev.shopbell.platform.web.Page;
import dev.shopbell.platform.web.Permission;
import dev.shopbell.platform.web.Problem;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Who is there to answer. */
@RestController
@RequestMapping("/api/v1")
@Tag(name = "People")
class PresenceApi {
  private final Agents agents;
  private final Availabilities availabilities;
  private final LiveCompany company;

  PresenceApi(Agents agents, Availabilities availabilities, LiveCompany company) {
    this.agents = agents;
    this.availabilities = availabilities;
    this.company = company;
  }

  /**
   * @param until when it ends by itself; left out for until something else is chosen
   */
  record NewAvailability(AgentPresence.State availability, @Nullable Instant until) {}

  /** Of everybody who works here, whether they are there now. */
  @GetMapping("/agents/presence")
  @Allow(Permission.CONVERSATIONS_READ)
  Page<AgentPresence> listPresences() {
    return Page.whole(
        agents.all().stream()
            .filter(Agent::active)
            .map(agent -> availabilities.of(agent.id(), company.connected(agent.id())))
            .toList());
  }

  @PutMapping("/me/presence")
  @Allow.SignedIn
  AgentPresence chooseAvailability(@RequestBody NewAvailability body, Caller caller) {
    if (body.availability() == null) {
      throw Problem.invalid("availability", "Say which: online, away or off.");
    }
    return availabilities.choose(
        caller.agentId(), body.availability(), body.until(), company.connected(caller.agentId()));
  }

  /** Says that a person is at the desk now: they need no mail about what they see there. */
  @PostMapping("/me/presence")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Allow.SignedIn
  void bePresent(Caller caller) {
    agents.present(caller.agentId());
  }
}
