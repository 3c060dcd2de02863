package dev.shopbell.staff;

import dev.shopbell.platform.SecretKey;
import dev.shopbell.platform.web.Allow;
import dev.shopbell.platform.web.Caller;
import dev.shopbell.platform.web.Page;
import dev.shopbell.platform.web.Permission;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
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
  private final Invitations invitations;
  private final Tokens tokens;

  AgentApi(Agents agents, Invitations invitations, Tokens tokens) {
    this.agents = agents;
    this.invitations = invitations;
    this.tokens = tokens;
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
  Page<Agent> listAgents() {
    return Page.whole(agents.all());
  }

  @PostMapping("/agents")
  @ResponseStatus(HttpStatus.CREATED)
  @Allow(Permission.AGENTS_MANAGE)
  Invited inviteAgent(@RequestBody Agents.NewAgent agent, Caller caller) {
    Agent invited = agents.create(caller.actor(), agent, null, false);
    Invitations.Link link = invitations.make(invited.id());
    return new Invited(invited, link.invitationUrl(), link.expiresAt());
  }

  @PatchMapping("/agents/{id}")
  @Allow(Permission.AGENTS_MANAGE)
  Agent changeAgent(@PathVariable long id, @RequestBody Agents.Change change, Caller caller) {
    return agents.change(caller.actor(), id, change);
  }

  @PostMapping("/agents/{id}/invitation")
  @Allow(Permission.AGENTS_MANAGE)
  Invitations.Link inviteAgain(@PathVariable long id) {
    return invitations.make(agents.get(id).id());
  }

  @GetMapping("/tokens")
  @Allow(Permission.TOKENS_MANAGE)
  Page<Tokens.Token> listTokens(Caller caller) {
    return Page.whole(tokens.of(caller.agentId()));
  }

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
