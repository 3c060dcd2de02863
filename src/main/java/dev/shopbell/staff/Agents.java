package dev.shopbell.staff;

import dev.shopbell.platform.facts.Actor;
import dev.shopbell.platform.facts.Facts;
import dev.shopbell.platform.web.Checked;
import dev.shopbell.platform.web.Problem;
import dev.shopbell.platform.web.Sight;
import io.swagger.v3.oas.annotations.media.Schema;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.IllformedLocaleException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
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
  private static final int LONGEST_LANGUAGES = 20;

  /** A language with a script or a region, of the many that BCP 47 allows. */
  private static final Pattern LANGUAGE_TAG =
      Pattern.compile("[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?");

  private static final String SELECT =
      """
      select agent.id, agent.name, agent.email, agent.title, agent.display_name, '/faces/' || agent.face as face_url,
        agent.desk_language, agent.role, agent.role_id, own.name as own_role,
        agent.active and (agent.expires_at is null or agent.expires_at > now()) as active, agent.demo,
        agent.created_at, agent.last_seen_at, agent.languages,
        agent.password_hash is not null or exists (select from provider_account where agent_id = agent.id) as joined,
        array(select team_id from team_member where agent_id = agent.id order by team_id) as team_ids,
        agent.brand_ids, agent.sees, agent.expires_at
      from agent left join role as own on own.id = agent.role_id
      """;

  private final JdbcClient jdbc;
  private final Facts facts;
  private final Clock clock;
  private final KnownCallers callers;
  private final Teams teams;

  Agents(JdbcClient jdbc, Facts facts, Clock clock, KnownCallers callers, Teams teams) {
    this.jdbc = jdbc;
    this.facts = facts;
    this.clock = clock;
    this.callers = callers;
    this.teams = teams;
  }

  /**
   * Who is to be invited.
   *
   * @param role the id of one; {@code agent} where it is left out
   * @param teams ids
   * @param sees everything where it is left out, of a guest only what is assigned to them or their
   *     teams
   * @param expiresAt when their access ends by itself; a guest's must
   */
  public record NewAgent(
      String name,
      String email,
      @Nullable String role,
      @Nullable String title,
      @Nullable List<Long> teams,
      @Nullable Sees sees,
      @Nullable Instant expiresAt) {
    public static NewAgent of(String name, String email, BuiltInRole role, @Nullable String title) {
      return new NewAgent(name, email, role.name(), title, null, null, null);
    }

    Sees wantedSees() {
      return sees != null
          ? sees
          : BuiltInRole.guest.name().equals(role)
              ? new Sees(null, Sight.Conversations.teams)
              : Sees.EVERYTHING;
    }
  }

  /**
   * What of an agent is to change; what is null stays, an empty title, display name or desk
   * language takes it away.
   *
   * @param languages as BCP 47 tags, the best first
   */
  @Schema(name = "ProfileChange")
  public record Change(
      @Nullable String name,
      @Nullable String title,
      @Nullable String displayName,
      @Nullable String deskLanguage,
      @Nullable List<String> languages) {}

  public List<Agent> all() {
    return jdbc.sql(SELECT + "order by 11 desc, lower(agent.name), agent.id")
        .query(Agents::row)
        .list();
  }

  public Optional<Agent> find(long id) {
    return jdbc.sql(SELECT + "where agent.id = ?").param(id).query(Agents::row).optional();
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
            .sql("select id, name from agent where id in (:ids)")
            .param("ids", ids)
            .query((row, n) -> Map.entry(row.getLong(1), row.getString(2)))
            .list()
            .stream()
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  @Transactional
  public Agent create(Actor actor, NewAgent agent, @Nullable String passwordHash, boolean demo) {
    String email = Checked.mailAddress("email", agent.email());
    if (byEmail(email).isPresent()) {
      throw Problem.conflict("Somebody with the address " + email + " is an agent already.");
    }
    String role = agent.role() == null ? BuiltInRole.agent.name() : agent.role();
    Sees sees = agent.wantedSees();
    long id =
        jdbc.sql(
                """
                insert into agent (name, email, title, role, role_id, password_hash, demo, brand_ids, sees, expires_at,
                  created_at)
                values (:name, :email, :title, :role, :ownRole, :hash, :demo, :brands, :sees, :expires, :now)
                returning id
                """)
            .param("name", checkedName(agent.name()))
            .param("email", email)
            .param("title", optional("title", agent.title()))
            .param("role", Staffing.kept(role))
            .param("ownRole", Staffing.ownId(role))
            .param("hash", passwordHash)
            .param("demo", demo)
            .param("brands", Staffing.brands(sees))
            .param("sees", sees.conversations().name())
            .param(
                "expires",
                agent.expiresAt() == null ? null : agent.expiresAt().atOffset(ZoneOffset.UTC))
            .param("now", clock.instant().atOffset(ZoneOffset.UTC))
            .query(Long.class)
            .single();
    if (agent.teams() != null) {
      teams.setTeamsOf(id, agent.teams());
    }
    facts.append(actor, new AgentInvited(id));
    return get(id);
  }

  @Transactional
  public Agent change(Actor actor, long id, Change change) {
    Agent before = get(id);
    jdbc.sql(
            """
            update agent set name = :name, title = :title, display_name = :displayName,
              desk_language = :deskLanguage, languages = :languages
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
        .param(
            "languages",
            (change.languages() == null ? before.languages() : checkedLanguages(change.languages()))
                .toArray(String[]::new))
        .update();
    facts.append(actor, new AgentChanged(id));
    return get(id);
  }

  /** What they may do and see, of those who have access now. */
  public Map<Long, Access> access(Collection<Long> ids) {
    return jdbc
        .sql(
            "select "
                + Access.COLUMNS
                + " from "
                + Access.TABLES
                + " where agent.id = any(:ids) and "
                + Access.HOLDS)
        .param("ids", ids.toArray(Long[]::new))
        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
        .query((row, n) -> Access.of(row))
        .list()
        .stream()
        .collect(Collectors.toMap(Access::agentId, Function.identity()));
  }

  /** What they may do and see; empty where their access has ended. */
  public Optional<Access> access(long id) {
    return Optional.ofNullable(access(List.of(id)).get(id));
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
    return jdbc.sql(SELECT + "where lower(agent.email) = lower(?)")
        .param(email.strip())
        .query(Agents::row)
        .optional();
  }

  @Nullable String passwordHash(long id) {
    return jdbc.sql("select password_hash from agent where id = ?")
        .param(id)
        .query((row, n) -> Optional.ofNullable(row.getString(1)))
        .single()
        .orElse(null);
  }

  /** When the agent last chose a password; empty where they are gone or never did. */
  public Optional<Instant> passwordChangedAt(long id) {
    return jdbc.sql(
            "select password_changed_at from agent where id = ? and password_changed_at is not null")
        .param(id)
        .query((row, n) -> row.getTimestamp(1).toInstant())
        .optional();
  }

  void setPassword(long id, String hash) {
    jdbc.sql("update agent set password_hash = :hash, password_changed_at = :now where id = :id")
        .param("hash", hash)
        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
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

  private static Agent row(ResultSet row, int n) throws SQLException {
    String own = row.getString("own_role");
    String role = row.getString("role");
    Timestamp seen = row.getTimestamp("last_seen_at");
    Timestamp expires = row.getTimestamp("expires_at");
    return new Agent(
        row.getLong("id"),
        row.getString("name"),
        row.getString("email"),
        row.getString("title"),
        row.getString("display_name"),
        row.getString("face_url"),
        row.getString("desk_language"),
        own == null ? role : row.getString("role_id"),
        own == null ? BuiltInRole.valueOf(role).title() : own,
        row.getBoolean("active"),
        row.getBoolean("demo"),
        row.getTimestamp("created_at").toInstant(),
        seen == null ? null : seen.toInstant(),
        row.getBoolean("joined"),
        List.of((String[]) row.getArray("languages").getArray()),
        Objects.requireNonNull(Access.numbers(row.getArray("team_ids"))),
        new Sees(
            Access.numbers(row.getArray("brand_ids")),
            Sight.Conversations.valueOf(row.getString("sees"))),
        expires == null ? null : expires.toInstant());
  }

  private static List<String> checkedLanguages(List<String> tags) {
    if (tags.size() > LONGEST_LANGUAGES) {
      throw Problem.invalid("languages", "At most " + LONGEST_LANGUAGES + " languages.");
    }
    return tags.stream()
        .map(tag -> {
          try {
            return new Locale.Builder().setLanguageTag(tag.strip()).build().toLanguageTag();
          } catch (IllformedLocaleException e) {
            throw Problem.invalid(
                "languages", "“" + tag + "” is no language; they are written like de or pt-BR.");
          }
        })
        .filter(tag -> !tag.equals("und"))
        .distinct()
        .toList();
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

  private static String checkedName(String text) {
    String name = text.strip();
    if (name.isEmpty()
        || name.length() > LONGEST_NAME
        || name.chars().anyMatch(Character::isISOControl)) {
      throw Problem.invalid("name", "A name has 1 to " + LONGEST_NAME + " characters on one line.");
    }
    return name;
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
