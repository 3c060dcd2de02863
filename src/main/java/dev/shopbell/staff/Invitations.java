package dev.shopbell.staff;

import dev.shopbell.platform.SecretKey;
import dev.shopbell.platform.Settings;
import dev.shopbell.platform.facts.Actor;
import dev.shopbell.platform.facts.Facts;
import dev.shopbell.platform.web.Problem;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * One-time links: to set up the first owner, to join, or to choose a new password. They live for 7
 * days.
 */
@Service
class Invitations {
  private static final Duration LIFE = Duration.ofDays(7);

  private final JdbcClient jdbc;
  private final Agents agents;
  private final Passwords passwords;
  private final Tokens tokens;
  private final Settings settings;
  private final Facts facts;
  private final Clock clock;

  Invitations(
      JdbcClient jdbc,
      Agents agents,
      Passwords passwords,
      Tokens tokens,
      Settings settings,
      Facts facts,
      Clock clock) {
    this.jdbc = jdbc;
    this.agents = agents;
    this.passwords = passwords;
    this.tokens = tokens;
    this.settings = settings;
    this.facts = facts;
    this.clock = clock;
  }

  enum Purpose {
    setup,
    invitation,
    reset
  }

  /** A link, shown once to whoever made it. */
  @Schema(name = "InvitationLink")
  record Link(String invitationUrl, Instant expiresAt) {}

  /** What a link is for. Name and address are null when it sets up the first owner. */
  record Invitation(
      @Nullable String email,
      @Nullable String name,
      String role,
      String roleName,
      Purpose purpose,
      Instant expiresAt) {}

  @Schema(name = "InvitationAnswer")
  record Answer(@Nullable String name, @Nullable String email, String password) {}

  private record Stored(@Nullable Long agentId, Instant expiresAt) {}

  /** Makes a link, and ends every earlier one for the same agent. */
  @Transactional
  public Link make(@Nullable Long agentId) {
    String token = SecretKey.randomToken(200);
    Instant expires = clock.instant().plus(LIFE);
    jdbc.sql("delete from invitation where agent_id is not distinct from ?")
        .param(agentId)
        .update();
    jdbc.sql(
            """
            insert into invitation (fingerprint, agent_id, created_at, expires_at)
            values (:fingerprint, :agent, :now, :expires)
            """)
        .param("fingerprint", SecretKey.fingerprint(token))
        .param("agent", agentId)
        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
        .param("expires", expires.atOffset(ZoneOffset.UTC))
        .update();
    return new Link(settings.linkBase() + "/join/" + token, expires);
  }

  Invitation read(String token) {
    Stored stored = find(token, "");
    if (stored.agentId() == null) {
      return new Invitation(
          null,
          null,
          BuiltInRole.owner.name(),
          BuiltInRole.owner.title(),
          Purpose.setup,
          stored.expiresAt());
    }
    Agent agent = agents.get(stored.agentId());
    return new Invitation(
        agent.email(),
        agent.name(),
        agent.role(),
        agent.roleName(),
        agent.joined() ? Purpose.reset : Purpose.invitation,
        stored.expiresAt());
  }

  /** Uses the link up. Every session that the agent had before is ended. */
  @Transactional
  Agent accept(String token, Answer answer) {
    Stored stored = find(token, " for update");
    String hash = passwords.hash("password", answer.password());
    Agent agent;
    if (stored.agentId() == null) {
      agents.lock();
      if (!agents.none()) {
        throw Problem.conflict(
            "This installation has an owner already: sign in, or ask them for a link.");
      }
      agent =
          agents.create(
              Actor.SYSTEM,
              Agents.NewAgent.of(
                  Objects.requireNonNullElse(answer.name(), ""),
                  Objects.requireNonNullElse(answer.email(), ""),
                  BuiltInRole.owner,
                  null),
              hash,
              false);
      tokens.createFirst(agent.id(), settings.apiToken());
    } else {
      agent = agents.get(stored.agentId());
      if (!agent.active()) {
        throw Problem.conflict("This account is switched off.");
      }
      agents.setPassword(agent.id(), hash);
      if (answer.name() != null && !answer.name().isBlank()) {
        agents.change(
            Actor.agent(agent.id()),
            agent.id(),
            new Agents.Change(answer.name(), null, null, null, null));
      }
      jdbc.sql("delete from session where agent_id = ?").param(agent.id()).update();
    }
    jdbc.sql("delete from invitation where fingerprint = ?")
        .param(SecretKey.fingerprint(token))
        .update();
    facts.append(Actor.agent(agent.id()), new AgentJoined(agent.id()));
    return agents.get(agent.id());
  }

  private Stored find(String token, String lock) {
    Optional<Stored> stored =
        jdbc.sql(
                "select agent_id, expires_at from invitation where fingerprint = ? and expires_at > ?"
                    + lock)
            .param(SecretKey.fingerprint(token))
            .param(clock.instant().atOffset(ZoneOffset.UTC))
            .query((row, n) ->
                new Stored(
                    row.getObject("agent_id", Long.class),
                    row.getTimestamp("expires_at").toInstant()))
            .optional();
    return stored.orElseThrow(
        () -> Problem.notFound("This link has been used or has expired. Ask for a new one."));
  }
}
