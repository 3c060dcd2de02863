package dev.shopbell.staff;

import dev.shopbell.platform.facts.Actor;
import dev.shopbell.platform.facts.Facts;
import dev.shopbell.platform.web.Problem;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What a one-time link is good for: to set up the first owner, to join, to choose a password. */
@Service
class Invitations {
  private final OneTimeLinks links;
  private final Agents agents;
  private final FirstOwner firstOwner;
  private final NewPassword newPassword;
  private final SecondSteps secondSteps;
  private final Facts facts;

  Invitations(
      OneTimeLinks links,
      Agents agents,
      FirstOwner firstOwner,
      NewPassword newPassword,
      SecondSteps secondSteps,
      Facts facts) {
    this.links = links;
    this.agents = agents;
    this.firstOwner = firstOwner;
    this.newPassword = newPassword;
    this.secondSteps = secondSteps;
    this.facts = facts;
  }

  enum Purpose {
    setup,
    invitation,
    reset
  }

  /**
   * What a link is for. Name and address are null when it sets up the first owner.
   *
   * @param rescue whether it takes the second step away, too
   */
  record Invitation(
      @Nullable String email,
      @Nullable String name,
      String role,
      String roleName,
      Purpose purpose,
      boolean rescue,
      Instant expiresAt) {}

  @Schema(name = "InvitationAnswer")
  record Answer(@Nullable String name, @Nullable String email, String password) {}

  /** A link to join, or for a new password where the agent has joined; ends every earlier one. */
  @Transactional
  OneTimeLinks.Link make(Actor by, Agent agent) {
    if (!agent.joined()) {
      return links.make(agent.id(), OneTimeLinks.Kind.invitation);
    }
    facts.append(by, new PasswordLinkCreated(agent.id()));
    return links.make(agent.id(), OneTimeLinks.Kind.byHand);
  }

  Invitation read(String token) {
    OneTimeLinks.Found found = links.find(token).orElseThrow(Invitations::gone);
    if (found.agentId() == null) {
      return new Invitation(
          null,
          null,
          BuiltInRole.owner.name(),
          BuiltInRole.owner.title(),
          Purpose.setup,
          false,
          found.expiresAt());
    }
    Agent agent = agents.get(found.agentId());
    return new Invitation(
        agent.email(),
        agent.name(),
        agent.role(),
        agent.roleName(),
        agent.joined() ? Purpose.reset : Purpose.invitation,
        found.kind() == OneTimeLinks.Kind.rescue,
        found.expiresAt());
  }

  /** Uses the link up, and what was open of the agent ends. */
  @Transactional
  Agent accept(String token, Answer answer) {
    OneTimeLinks.Found link = links.take(token).orElseThrow(Invitations::gone);
    if (link.agentId() == null) {
      Agent owner =
          firstOwner.found(
              Objects.requireNonNullElse(answer.name(), ""),
              Objects.requireNonNullElse(answer.email(), ""),
              answer.password());
      facts.append(Actor.agent(owner.id()), new AgentJoined(owner.id()));
      return agents.get(owner.id());
    }
    Agent agent = agents.get(link.agentId());
    if (!agent.active()) {
      throw Problem.conflict("This account is switched off.");
    }
    Actor self = Actor.agent(agent.id());
    newPassword.choose(agent, "password", answer.password(), null);
    if (answer.name() != null && !answer.name().isBlank()) {
      agents.change(self, agent.id(), new Agents.Change(answer.name(), null, null, null, null));
    }
    if (link.kind() == OneTimeLinks.Kind.rescue) {
      secondSteps.reset(self, agent.id());
    }
    if (!agent.joined()) {
      facts.append(self, new AgentJoined(agent.id()));
    }
    return agents.get(agent.id());
  }

  private static Problem gone() {
    return Problem.notFound("This link has been used or has expired. Ask for a new one.");
  }
}
