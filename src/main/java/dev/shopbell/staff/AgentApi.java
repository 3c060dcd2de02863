package dev.shopbell.staff;

import dev.shopbell.platform.SecretKey;
import dev.shopbell.platform.web.Allow;
import dev.shopbell.platform.web.Caller;
import dev.shopbell.platform.web.Page;
import dev.shopbell.platform.web.Permission;
import dev.shopbell.platform.web.ShownOnce;
import dev.shopbell.platform.web.Sight;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1")
@Tag(name = "People")
class AgentApi {
  private final Agents agents;
  private final Staffing staffing;
  private final Invitations invitations;
  private final Tokens tokens;

  AgentApi(Agents agents, Staffing staffing, Invitations invitations, Tokens tokens) {
    this.agents = agents;
    this.staffing = staffing;
    this.invitations = invitations;
    this.tokens = tokens;
  }

  /**
   * What is null stays, an empty title or display name takes it away.
   *
   * @param active false ends their access at once, true brings them back
   * @param neverExpires true where their access does not end by itself any more
   */
  record AgentChange(
      @Nullable String name,
      @Nullable String title,
      @Nullable String displayName,
      @Nullable List<String> languages,
      @Nullable String role,
      @Nullable Boolean active,
      @Nullable List<Long> teams,
      @Nullable Sees sees,
      @Nullable Instant expiresAt,
      @Nullable Boolean neverExpires) {
    Agents.Change profile() {
      return new Agents.Change(name, title, displayName, null, languages);
    }

    Staffing.Change access() {
      return new Staffing.Change(
          role, active, teams, sees, expiresAt, Boolean.TRUE.equals(neverExpires));
    }
  }

  record Invited(Agent agent, String invitationUrl, Instant expiresAt) {}

  /**
   * @param token the secret, shown this once
   */
  record CreatedToken(
      String token,
      long id,
      String name,
      Set<Permission> scopes,
      Instant createdAt,
      @Nullable Instant expiresAt) {}

  @GetMapping("/agents")
  @Allow(Permission.CONVERSATIONS_READ)
  Page<Agent> listAgents(Caller caller) {
    return Page.whole(
        agents.all().stream()
            .filter(agent -> agent.id() == caller.agentId() || shareABrand(agent, caller.sight()))
            .toList());
  }

  private static boolean shareABrand(Agent agent, Sight sight) {
    List<Long> theirs = agent.sees().brands();
    return theirs == null || theirs.stream().anyMatch(sight::sees);
  }

  @ShownOnce
  @PostMapping("/agents")
  @ResponseStatus(HttpStatus.CREATED)
  @Allow(Permission.AGENTS_MANAGE)
  Invited inviteAgent(@RequestBody Agents.NewAgent agent, Caller caller) {
    Agent invited = staffing.invite(caller, agent);
    OneTimeLinks.Link link = invitations.make(caller.actor(), invited);
    return new Invited(invited, link.invitationUrl(), link.expiresAt());
  }

  @PatchMapping("/agents/{id}")
  @Allow(Permission.AGENTS_MANAGE)
  Agent changeAgent(@PathVariable long id, @RequestBody AgentChange change, Caller caller) {
    staffing.change(caller, id, change.access());
    return agents.change(caller.actor(), id, change.profile());
  }

  /** To join, or for a new password where the agent has joined: that one works for a day. */
  @ShownOnce
  @PostMapping("/agents/{id}/invitation")
  @Allow(Permission.AGENTS_MANAGE)
  OneTimeLinks.Link inviteAgain(@PathVariable long id, Caller caller) {
    return invitations.make(caller.actor(), staffing.mayDecideAbout(caller, id));
  }

  @GetMapping("/tokens")
  @Allow(Permission.TOKENS_MANAGE)
  Page<Tokens.Token> listTokens(Caller caller) {
    return Page.whole(tokens.of(caller.agentId()));
  }

  @ShownOnce
  @PostMapping("/tokens")
  @ResponseStatus(HttpStatus.CREATED)
  @Allow(Permission.TOKENS_MANAGE)
  CreatedToken createToken(@RequestBody Tokens.NewToken token, Caller caller) {
    String secret = "sb_" + SecretKey.randomToken(256);
    Tokens.Token created = tokens.create(caller.agentId(), caller.permissions(), token, secret);
    return new CreatedToken(
        secret,
        created.id(),
        created.name(),
        created.scopes(),
        created.createdAt(),
        created.expiresAt());
  }

  @DeleteMapping("/tokens/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Allow(Permission.TOKENS_MANAGE)
  void revokeToken(@PathVariable long id, Caller caller) {
    tokens.revoke(caller.agentId(), id);
  }
}
