package dev.shopbell.staff;

import dev.shopbell.platform.facts.Actor;
import dev.shopbell.platform.facts.Facts;
import dev.shopbell.platform.web.Caller;
import dev.shopbell.platform.web.Permission;
import dev.shopbell.platform.web.Problem;
import dev.shopbell.platform.web.Sight;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Who works here, as what, what they see and until when. Nobody gives what they do not hold
 * themselves, nobody touches the access of those who hold more, and the last owner stays.
 */
@Service
class Staffing {
  /** So far ahead may the end of an access be set. */
  private static final Duration FURTHEST = Duration.ofDays(732);

  private static final int MOST_BRANDS = 1_000;

  private final JdbcClient jdbc;
  private final Agents agents;
  private final Roles roles;
  private final Teams teams;
  private final Facts facts;
  private final Clock clock;
  private final KnownCallers callers;

  Staffing(
      JdbcClient jdbc,
      Agents agents,
      Roles roles,
      Teams teams,
      Facts facts,
      Clock clock,
      KnownCallers callers) {
    this.jdbc = jdbc;
    this.agents = agents;
    this.roles = roles;
    this.teams = teams;
    this.facts = facts;
    this.clock = clock;
    this.callers = callers;
  }

  /** What of an agent's access is to change; what is null stays. */
  record Change(
      @Nullable String role,
      @Nullable Boolean active,
      @Nullable List<Long> teams,
      @Nullable Sees sees,
      @Nullable Instant expiresAt,
      boolean neverExpires) {
    boolean nothing() {
      return role == null
          && active == null
          && teams == null
          && sees == null
          && expiresAt == null
          && !neverExpires;
    }
  }

  @Transactional
  Agent invite(Caller caller, Agents.NewAgent agent) {
    String role = Objects.requireNonNullElse(agent.role(), BuiltInRole.agent.name());
    Sees sees = agent.wantedSees();
    List<Long> teams = Objects.requireNonNullElse(agent.teams(), List.of());
    check(caller, permissions(role), sees, teams);
    checkEnd(role, sees, agent.expiresAt());
    return agents.create(caller.actor(), agent, null, false);
  }

  /**
   * Only for those who may do and see no less themselves.
   *
   * @throws Problem if the caller may not decide about that agent
   */
  Agent mayDecideAbout(Caller caller, long id) {
    Agent agent = agents.get(id);
    check(caller, permissions(agent.role()), agent.sees(), agent.teams());
    return agent;
  }

  @Transactional
  Agent change(Caller caller, long id, Change change) {
    Agent before = mayDecideAbout(caller, id);
    if (change.nothing()) {
      return before;
    }
    String role = change.role() == null ? before.role() : change.role();
    boolean active = change.active() == null ? before.active() : change.active();
    Sees sees = change.sees() == null ? before.sees() : change.sees();
    List<Long> inTeams = change.teams() == null ? before.teams() : change.teams();
    Instant end =
        change.neverExpires()
            ? null
            : change.expiresAt() == null ? before.expiresAt() : change.expiresAt();
    if (role.equals(BuiltInRole.owner.name()) && change.sees() == null) {
      sees = Sees.EVERYTHING;
    }
    check(caller, permissions(role), sees, inTeams);
    if (active || change.expiresAt() != null) {
      checkEnd(role, sees, end);
    }
    boolean wasOwner = before.role().equals(BuiltInRole.owner.name()) && before.active();
    if (wasOwner && (!role.equals(BuiltInRole.owner.name()) || !active) && otherOwners(id) == 0) {
      throw Problem.conflict("The last owner keeps the role: make somebody else an owner first.");
    }
    jdbc.sql(
            """
            update agent set role = :role, role_id = :ownRole, active = :active, brand_ids = :brands, sees = :sees,
              expires_at = :expires
            where id = :id
            """)
        .param("id", id)
        .param("role", kept(role))
        .param("ownRole", ownId(role))
        .param("active", active)
        .param("brands", brands(sees))
        .param("sees", sees.conversations().name())
        .param("expires", end == null ? null : end.atOffset(ZoneOffset.UTC))
        .update();
    if (change.teams() != null && !Set.copyOf(inTeams).equals(Set.copyOf(before.teams()))) {
      Teams.mayChangeMembers(caller.sight());
      teams.setTeamsOf(id, inTeams);
    }
    if (!active) {
      jdbc.sql("delete from session where agent_id = ?").param(id).update();
    }
    callers.changed();
    facts.append(caller.actor(), new AgentChanged(id));
    return agents.get(id);
  }

  /** Ends the access of those whose day has come; nobody was let in since that moment. */
  @Scheduled(fixedDelay = 1_000)
  @Transactional
  void expire() {
    List<Long> ended =
        jdbc.sql(
                """
                update agent set active = false where id in (
                  select id from agent where active and expires_at <= :now limit 100 for update skip locked)
                returning id
                """)
            .param("now", clock.instant().atOffset(ZoneOffset.UTC))
            .query(Long.class)
            .list();
    for (long id : ended) {
      jdbc.sql("delete from session where agent_id = ?").param(id).update();
      facts.append(Actor.SYSTEM, new AgentExpired(id));
    }
    if (!ended.isEmpty()) {
      callers.changed();
    }
  }

  private static void check(
      Caller caller, Set<Permission> permissions, Sees sees, List<Long> teams) {
    Roles.held(caller, permissions);
    Sight given =
        new Sight(
            0,
            sees.brands() == null ? null : Set.copyOf(sees.brands()),
            sees.conversations(),
            Set.copyOf(teams),
            null);
    if (!caller.sight().covers(given)) {
      throw Problem.forbidden(
          "This is about brands or conversations that you do not see yourself.");
    }
  }

  private void checkEnd(String role, Sees sees, @Nullable Instant end) {
    if (role.equals(BuiltInRole.owner.name()) && (!sees.equals(Sees.EVERYTHING) || end != null)) {
      throw Problem.invalid("role", "An owner sees everything, without end.");
    }
    if (role.equals(BuiltInRole.guest.name()) && end == null) {
      throw Problem.invalid("expiresAt", "A guest has an end: say when it is.");
    }
    if (end != null && !end.isAfter(clock.instant())) {
      throw Problem.invalid("expiresAt", "Their access would be over already.");
    }
    if (end != null && end.isAfter(clock.instant().plus(FURTHEST))) {
      throw Problem.invalid("expiresAt", "At most " + FURTHEST.toDays() + " days ahead.");
    }
    if (sees.brands() != null && (sees.brands().isEmpty() || sees.brands().size() > MOST_BRANDS)) {
      throw Problem.invalid(
          "sees", "Name 1 to " + MOST_BRANDS + " brands, or leave them out for all.");
    }
  }

  private Set<Permission> permissions(String role) {
    return roles
        .find(role)
        .orElseThrow(() -> Problem.invalid("role", "There is no role " + role + "."))
        .permissions();
  }

  /**
   * Locks the owners, so that two of them cannot demote each other at the same moment. One who has
   * not joined yet could let nobody in.
   */
  private int otherOwners(long id) {
    return jdbc.sql(
            """
            select id from agent where role = 'owner' and active and password_hash is not null and id <> ?
            for update
            """)
        .param(id)
        .query(Long.class)
        .list()
        .size();
  }

  /** A role as the column holds it, beside {@link #ownId}. */
  static String kept(String role) {
    return ownId(role) == null ? role : "own";
  }

  static @Nullable Long ownId(String role) {
    return role.matches("\\d{1,18}") ? Long.valueOf(role) : null;
  }

  static Long @Nullable [] brands(Sees sees) {
    return sees.brands() == null ? null : sees.brands().stream().distinct().toArray(Long[]::new);
  }
}
