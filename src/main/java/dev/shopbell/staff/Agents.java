package dev.shopbell.staff;

import dev.shopbell.platform.facts.Actor;
import dev.shopbell.platform.facts.Facts;
import dev.shopbell.platform.web.Checked;
import dev.shopbell.platform.web.Problem;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The people who answer. */
@Service
public class Agents {
  private static final int LONGEST_NAME = 120;

  /** A language with a script or a region, of the many that BCP 47 allows. */
  private static final Pattern LANGUAGE_TAG =
      Pattern.compile("[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?");

  private static final String COLUMNS =
      """
      id, name, email, title, display_name, '/faces/' || face as face_url, desk_language, role, active, demo,
      created_at, last_seen_at, password_hash is not null as joined
      """;

  private final JdbcClient jdbc;
  private final Facts facts;
  private final Clock clock;
  private final KnownCallers callers;

  Agents(JdbcClient jdbc, Facts facts, Clock clock, KnownCallers callers) {
    this.jdbc = jdbc;
    this.facts = facts;
    this.clock = clock;
    this.callers = callers;
  }

  /** Who is to be invited. */
  public record NewAgent(String name, String email, @Nullable Role role, @Nullable String title) {}

  /**
   * What of an agent is to change; what is null stays, an empty title, display name or language
   * takes it away.
   */
  @Schema(name = "AgentChange")
  public record Change(
      @Nullable String name,
      @Nullable String title,
      @Nullable String displayName,
      @Nullable String deskLanguage,
      @Nullable Role role,
      @Nullable Boolean active) {}

  public List<Agent> all() {
    return jdbc.sql("select " + COLUMNS + " from agent order by active desc, lower(name), id")
        .query(Agent.class)
        .list();
  }

  public Optional<Agent> find(long id) {
    return jdbc.sql("select " + COLUMNS + " from agent where id = ?")
        .param(id)
        .query(Agent.class)
        .optional();
  }

  /**
   * @throws Problem if there is none of that id
   */
  public Agent get(long id) {
    return find(id).orElseThrow(() -> Problem.notFound("There is no agent " + id + "."));
  }

  /** Names by id; those that are gone are left out. */
  public Map<Long, String> names(Collection<Long> ids) {
    return ids.isEmpty()
        ? Map.of()
        : jdbc
            .sql("select " + COLUMNS + " from agent where id in (:ids)")
            .param("ids", ids)
            .query(Agent.class)
            .list()
            .stream()
            .collect(Collectors.toMap(Agent::id, Agent::name));
  }

  @Transactional
  public Agent create(Actor actor, NewAgent agent, @Nullable String passwordHash, boolean demo) {
    String email = Checked.mailAddress("email", agent.email());
    if (byEmail(email).isPresent()) {
      throw Problem.conflict("Somebody with the address " + email + " is an agent already.");
    }
    long id =
        jdbc.sql(
                """
                insert into agent (name, email, title, role, password_hash, demo, created_at)
                values (:name, :email, :title, :role, :hash, :demo, :now) returning id
                """)
            .param("name", checkedName(agent.name()))
            .param("email", email)
            .param("title", optional("title", agent.title()))
            .param("role", (agent.role() == null ? Role.agent : agent.role()).name())
            .param("hash", passwordHash)
            .param("demo", demo)
            .param("now", clock.instant().atOffset(ZoneOffset.UTC))
            .query(Long.class)
            .single();
    facts.append(actor, new AgentInvited(id));
    return get(id);
  }

  @Transactional
  public Agent change(Actor actor, long id, Change change) {
    Agent before = get(id);
    Role role = change.role() == null ? before.role() : change.role();
    boolean active = change.active() == null ? before.active() : change.active();
    boolean wasOwner = before.role() == Role.owner && before.active();
    if (wasOwner && (role != Role.owner || !active) && otherOwners(id) == 0) {
      throw Problem.conflict("The last owner keeps the role: make somebody else an owner first.");
    }
    jdbc.sql(
            """
            update agent set name = :name, title = :title, display_name = :displayName,
              desk_language = :deskLanguage, role = :role, active = :active
            where id = :id
            """)
        .param("id", id)
        .param("name", change.name() == null ? before.name() : checkedName(change.name()))
        .param("title", change.title() == null ? before.title() : optional("title", change.title()))
        .param(
            "displayName",
            change.displayName() == null
                ? before.displayName()
                : optional("displayName", change.displayName()))
        .param(
            "deskLanguage",
            change.deskLanguage() == null ? before.deskLanguage() : language(change.deskLanguage()))
        .param("role", role.name())
        .param("active", active)
        .update();
    if (!active) {
      jdbc.sql("delete from session where agent_id = ?").param(id).update();
    }
    callers.changed();
    facts.append(actor, new AgentChanged(id));
    return get(id);
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

  /** Notes that a person, not only their browser, is at the desk now. */
  @Transactional
  public void present(long id) {
    jdbc.sql("update agent set active_at = ? where id = ?")
        .param(clock.instant().atOffset(ZoneOffset.UTC))
        .param(id)
        .update();
  }

  Optional<Agent> byEmail(String email) {
    return jdbc.sql("select " + COLUMNS + " from agent where lower(email) = lower(?)")
        .param(email.strip())
        .query(Agent.class)
        .optional();
  }

  @Nullable String passwordHash(long id) {
    return jdbc.sql("select password_hash from agent where id = ?")
        .param(id)
        .query((row, n) -> Optional.ofNullable(row.getString(1)))
        .single()
        .orElse(null);
  }

  void setPassword(long id, String hash) {
    jdbc.sql("update agent set password_hash = :hash where id = :id")
        .param("hash", hash)
        .param("id", id)
        .update();
    callers.changed();
  }

  boolean none() {
    return jdbc.sql("select not exists (select from agent where not demo)")
        .query(Boolean.class)
        .single();
  }

  void lock() {
    jdbc.sql("lock table agent in share row exclusive mode").update();
  }

  /**
   * Removes the agents of the demo shop, once nothing refers to them. Whoever asks stays, as a real
   * agent; and so does the demo's owner where there is no other owner, lest nobody could sign in.
   */
  @Transactional
  public void removeDemo(@Nullable Long asking) {
    jdbc.sql(
            """
            update agent set demo = false
            where demo and (id = :asking or (role = 'owner' and not exists (
              select from agent as other
              where other.role = 'owner' and other.active and (not other.demo or other.id = :asking))))
            """)
        .param("asking", asking == null ? -1 : asking)
        .update();
    for (String table : List.of("session", "invitation", "api_token")) {
      jdbc.sql("delete from " + table + " where agent_id in (select id from agent where demo)")
          .update();
    }
    jdbc.sql("delete from agent where demo").update();
    callers.changed();
  }

  private static String checkedName(String text) {
    String name = text.strip();
    if (name.isEmpty()
        || name.length() > LONGEST_NAME
        || name.chars().anyMatch(Character::isISOControl)) {
      throw Problem.invalid("name", "A name has 1 to " + LONGEST_NAME + " characters on one line.");
    }
    return name;
  }

  /** The desk knows which languages it speaks; here is kept what may be one. */
  private static @Nullable String language(String tag) {
    if (tag.isBlank()) {
      return null;
    }
    if (!LANGUAGE_TAG.matcher(tag).matches()) {
      throw Problem.invalid("deskLanguage", "A language tag such as de or pt-BR.");
    }
    return tag;
  }

  private static @Nullable String optional(String field, @Nullable String text) {
    if (text == null || text.isBlank()) {
      return null;
    }
    if (text.length() > LONGEST_NAME || text.chars().anyMatch(Character::isISOControl)) {
      throw Problem.invalid(field, "At most " + LONGEST_NAME + " characters on one line.");
    }
    return text.strip();
  }
}
