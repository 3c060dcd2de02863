package dev.shopbell.staff;

import dev.shopbell.platform.facts.Facts;
import dev.shopbell.platform.web.Caller;
import dev.shopbell.platform.web.Permission;
import dev.shopbell.platform.web.Problem;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The roles: those that are built in, and those that the shop has made. */
@Service
class Roles {
  private static final int MOST = 100;
  private static final int LONGEST_NAME = 60;
  private static final int LONGEST_EXPLANATION = 300;

  private final JdbcClient jdbc;
  private final Facts facts;
  private final Clock clock;
  private final KnownCallers callers;

  Roles(JdbcClient jdbc, Facts facts, Clock clock, KnownCallers callers) {
    this.jdbc = jdbc;
    this.facts = facts;
    this.clock = clock;
    this.callers = callers;
  }

  record NewRole(String name, @Nullable String explanation, Set<Permission> permissions) {}

  /** What is null stays. */
  @Schema(name = "RoleChange")
  record Change(
      @Nullable String name, @Nullable String explanation, @Nullable Set<Permission> permissions) {}

  /** The built-in ones first, then those of the shop by name. */
  List<Role> all() {
    return Stream.concat(
            Arrays.stream(BuiltInRole.values()).map(this::builtIn),
            jdbc
                .sql(
                    """
                    select role.*, (select count(*) from agent where agent.role_id = role.id) as agents
                    from role order by lower(name)
                    """)
                .query((row, n) ->
                    new Role(
                        Long.toString(row.getLong("id")),
                        row.getString("name"),
                        row.getString("explanation"),
                        Access.permissions(row.getArray("permissions")),
                        false,
                        row.getInt("agents")))
                .list()
                .stream())
        .toList();
  }

  private Role builtIn(BuiltInRole role) {
    int agents =
        jdbc.sql("select count(*) from agent where role = ?")
            .param(role.name())
            .query(Integer.class)
            .single();
    return new Role(
        role.name(), role.title(), role.explanation(), role.permissions(), true, agents);
  }

  Optional<Role> find(String id) {
    return all().stream().filter(role -> role.id().equals(id)).findFirst();
  }

  /**
   * @throws Problem if there is none of that id
   */
  Role get(String id) {
    return find(id).orElseThrow(() -> Problem.notFound("There is no role " + id + "."));
  }

  @Transactional
  Role create(Caller caller, NewRole role) {
    if (all().size() >= MOST) {
      throw Problem.conflict("There are at most " + MOST + " roles.");
    }
    held(caller, checked(role.permissions()));
    long id =
        unique(() ->
            jdbc.sql(
                    """
                    insert into role (name, explanation, permissions, created_at)
                    values (:name, :explanation, :permissions, :now) returning id
                    """)
                .param("name", checkedName(role.name()))
                .param("explanation", checkedExplanation(role.explanation()))
                .param("permissions", keys(role.permissions()))
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .query(Long.class)
                .single());
    facts.append(caller.actor(), new RoleCreated(id));
    return get(Long.toString(id));
  }

  @Transactional
  Role change(Caller caller, String id, Change change) {
    Role role = own(id);
    // Whoever cannot give what a role allows cannot take it from those who have it either.
    held(caller, role.permissions());
    Set<Permission> permissions =
        change.permissions() == null ? role.permissions() : change.permissions();
    held(caller, checked(permissions));
    unique(() ->
        jdbc.sql(
                """
                update role set name = :name, explanation = :explanation, permissions = :permissions where id = :id
                """)
            .param("id", Long.valueOf(id))
            .param("name", change.name() == null ? role.name() : checkedName(change.name()))
            .param(
                "explanation",
                change.explanation() == null
                    ? role.explanation()
                    : checkedExplanation(change.explanation()))
            .param("permissions", keys(permissions))
            .update());
    callers.changed();
    facts.append(caller.actor(), new RoleChanged(Long.parseLong(id)));
    return get(id);
  }

  /**
   * @throws Problem if somebody has it, also somebody whose access has ended
   */
  @Transactional
  void remove(Caller caller, String id) {
    Role role = own(id);
    held(caller, role.permissions());
    jdbc.sql("select 1 from role where id = ? for update")
        .param(Long.valueOf(id))
        .query()
        .listOfRows();
    List<String> having =
        jdbc.sql(
                "select name from agent where role_id = ? order by active desc, lower(name) limit 4")
            .param(Long.valueOf(id))
            .query(String.class)
            .list();
    if (!having.isEmpty()) {
      throw Problem.conflict(
          "“%s” is the role of %s%s. Give them another one first."
              .formatted(
                  role.name(),
                  having.stream().limit(3).collect(Collectors.joining(", ")),
                  having.size() > 3 ? " and others" : ""));
    }
    jdbc.sql("delete from role where id = ?").param(Long.valueOf(id)).update();
    facts.append(caller.actor(), new RoleRemoved(Long.parseLong(id)));
  }

  /**
   * Nobody gives away what they do not hold.
   *
   * @throws Problem if the caller does not hold all of these
   */
  static void held(Caller caller, Set<Permission> permissions) {
    Set<Permission> missing = EnumSet.noneOf(Permission.class);
    missing.addAll(permissions);
    missing.removeAll(caller.permissions());
    if (!missing.isEmpty()) {
      throw Problem.forbidden(
          "This is about permissions that you do not have yourself: "
              + missing.stream().map(Permission::key).collect(Collectors.joining(", "))
              + ".");
    }
  }

  private static Set<Permission> checked(Set<Permission> permissions) {
    if (!permissions.contains(Permission.CONVERSATIONS_READ)) {
      throw Problem.invalid(
          "permissions",
          "Every role includes conversations:read: without it the desk could show nothing.");
    }
    return permissions;
  }

  private Role own(String id) {
    Role role = get(id);
    if (role.builtIn()) {
      throw Problem.conflict(
          "“" + role.name() + "” is built in and the same everywhere. Make a role of your own.");
    }
    return role;
  }

  private static <T> T unique(java.util.function.Supplier<T> write) {
    try {
      return write.get();
    } catch (DuplicateKeyException e) {
      throw Problem.conflict("There is a role of that name already.");
    }
  }

  private static String[] keys(Set<Permission> permissions) {
    return permissions.stream().map(Permission::key).toArray(String[]::new);
  }

  private static String checkedName(String text) {
    String name = text.strip();
    if (name.isEmpty()
        || name.length() > LONGEST_NAME
        || name.chars().anyMatch(Character::isISOControl)
        || Arrays.stream(BuiltInRole.values())
            .anyMatch(role -> role.title().equalsIgnoreCase(name))) {
      throw Problem.invalid(
          "name",
          "A role has a name of its own, of 1 to " + LONGEST_NAME + " characters on one line.");
    }
    return name;
  }

  private static String checkedExplanation(@Nullable String text) {
    String explanation = text == null ? "" : text.strip();
    if (explanation.length() > LONGEST_EXPLANATION
        || explanation.chars().anyMatch(Character::isISOControl)) {
      throw Problem.invalid(
          "explanation", "At most " + LONGEST_EXPLANATION + " characters on one line.");
    }
    return explanation;
  }
}
