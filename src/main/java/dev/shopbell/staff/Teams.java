package dev.shopbell.staff;

import dev.shopbell.platform.facts.Actor;
import dev.shopbell.platform.facts.Facts;
import dev.shopbell.platform.web.Problem;
import dev.shopbell.platform.web.Sight;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The teams, and who is in them. */
@Service
public class Teams {
  private static final int MOST = 200;
  private static final int LONGEST_NAME = 60;
  private static final int LONGEST_EMOJI = 16;
  private static final int ZERO_WIDTH_JOINER = 0x200d;
  private static final Pattern COLOR = Pattern.compile("#[0-9a-fA-F]{6}");
  private static final List<String> COLORS =
      List.of("#0e7490", "#a16207", "#a21caf", "#15803d", "#4f46e5", "#b91c1c", "#475569");

  private final JdbcClient jdbc;
  private final Facts facts;
  private final Clock clock;
  private final KnownCallers callers;

  Teams(JdbcClient jdbc, Facts facts, Clock clock, KnownCallers callers) {
    this.jdbc = jdbc;
    this.facts = facts;
    this.clock = clock;
    this.callers = callers;
  }

  /**
   * @param color chosen by the program where it is left out
   * @param members ids of agents
   */
  public record NewTeam(
      String name, @Nullable String color, @Nullable String emoji, @Nullable List<Long> members) {}

  /** What is null stays; an empty emoji takes it away. */
  @Schema(name = "TeamChange")
  public record Change(
      @Nullable String name,
      @Nullable String color,
      @Nullable String emoji,
      @Nullable List<Long> members) {}

  /** By name. */
  public List<Team> all() {
    return jdbc.sql(
            """
            select team.*, array(select agent_id from team_member where team_id = team.id order by agent_id) as members
            from team order by lower(name)
            """)
        .query((row, n) ->
            new Team(
                row.getLong("id"),
                row.getString("name"),
                row.getString("color"),
                row.getString("emoji"),
                Objects.requireNonNull(Access.numbers(row.getArray("members"))),
                row.getBoolean("demo"),
                row.getTimestamp("created_at").toInstant()))
        .list();
  }

  public Optional<Team> find(long id) {
    return all().stream().filter(team -> team.id() == id).findFirst();
  }

  /**
   * @throws Problem if there is none of that id
   */
  public Team get(long id) {
    return find(id).orElseThrow(() -> Problem.notFound("There is no team " + id + "."));
  }

  /** Names by id; those that are gone are left out. */
  public Map<Long, String> names(Collection<Long> ids) {
    return ids.isEmpty()
        ? Map.of()
        : all().stream()
            .filter(team -> ids.contains(team.id()))
            .collect(Collectors.toMap(Team::id, Team::name));
  }

  @Transactional
  public Team create(Actor actor, NewTeam team, boolean demo) {
    List<Team> all = all();
    if (all.size() >= MOST) {
      throw Problem.conflict("There are at most " + MOST + " teams.");
    }
    String color =
        team.color() == null ? COLORS.get(all.size() % COLORS.size()) : checkedColor(team.color());
    long id =
        unique(() ->
            jdbc.sql(
                    """
                    insert into team (name, color, emoji, demo, created_at)
                    values (:name, :color, :emoji, :demo, :now) returning id
                    """)
                .param("name", checkedName(team.name()))
                .param("color", color)
                .param("emoji", checkedEmoji(team.emoji()))
                .param("demo", demo)
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .query(Long.class)
                .single());
    setMembers(id, team.members() == null ? List.of() : team.members());
    facts.append(actor, new TeamCreated(id));
    return get(id);
  }

  @Transactional
  public Team change(Actor actor, long id, Change change) {
    Team team = get(id);
    unique(() ->
        jdbc.sql("update team set name = :name, color = :color, emoji = :emoji where id = :id")
            .param("id", id)
            .param("name", change.name() == null ? team.name() : checkedName(change.name()))
            .param("color", change.color() == null ? team.color() : checkedColor(change.color()))
            .param("emoji", change.emoji() == null ? team.emoji() : checkedEmoji(change.emoji()))
            .update());
    if (change.members() != null) {
      setMembers(id, change.members());
    }
    facts.append(actor, new TeamChanged(id));
    return get(id);
  }

  /** Its conversations are no team's afterwards, and stay with the agents who have them. */
  @Transactional
  public void remove(Actor actor, long id) {
    if (jdbc.sql("delete from team where id = ?").param(id).update() == 0) {
      throw Problem.notFound("There is no team " + id + ".");
    }
    callers.changed();
    facts.append(actor, new TeamRemoved(id));
  }

  @Transactional
  public void removeDemo() {
    jdbc.sql("delete from team where demo").update();
    callers.changed();
  }

  /** Who is in a team may decide what they see: only those who see all of it may change that. */
  static void mayChangeMembers(Sight sight) {
    if (sight.conversations() != Sight.Conversations.all) {
      throw Problem.forbidden(
          "You see the conversations of your teams only, so you cannot say who is in a team.");
    }
  }

  void setTeamsOf(long agentId, List<Long> teams) {
    jdbc.sql("delete from team_member where agent_id = ?").param(agentId).update();
    write(
        "teams",
        "insert into team_member (agent_id, team_id) select ?, unnest(?::bigint[])",
        agentId,
        teams);
  }

  private void setMembers(long id, List<Long> members) {
    jdbc.sql("delete from team_member where team_id = ?").param(id).update();
    write(
        "members",
        "insert into team_member (team_id, agent_id) select ?, unnest(?::bigint[])",
        id,
        members);
  }

  private void write(String field, String sql, long id, List<Long> others) {
    try {
      jdbc.sql(sql).param(id).param(others.stream().distinct().toArray(Long[]::new)).update();
    } catch (DataIntegrityViolationException e) {
      throw Problem.invalid(field, "One of them does not exist (any more).");
    }
    callers.changed();
  }

  private static <T> T unique(Supplier<T> write) {
    try {
      return write.get();
    } catch (DuplicateKeyException e) {
      throw Problem.conflict("There is a team of that name already.");
    }
  }

  private static String checkedName(String text) {
    String name = text.strip();
    if (name.isEmpty()
        || name.length() > LONGEST_NAME
        || name.chars().anyMatch(Character::isISOControl)) {
      throw Problem.invalid(
          "name", "A team's name has 1 to " + LONGEST_NAME + " characters on one line.");
    }
    return name;
  }

  private static String checkedColor(String text) {
    if (!COLOR.matcher(text).matches()) {
      throw Problem.invalid("color", "A colour is written like #4f46e5.");
    }
    return text;
  }

  private static @Nullable String checkedEmoji(@Nullable String text) {
    if (text == null || text.isBlank()) {
      return null;
    }
    String emoji = text.strip();
    if (emoji.length() > LONGEST_EMOJI
        || emoji
            .codePoints()
            .anyMatch(
                c -> (c < 0x203c && c != ZERO_WIDTH_JOINER) || Character.isLetterOrDigit(c))) {
      throw Problem.invalid("emoji", "One emoji, or nothing.");
    }
    return emoji;
  }
}
