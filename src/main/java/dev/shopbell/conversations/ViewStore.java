package dev.shopbell.conversations;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Saved filters, and how each agent has arranged them. */
@Component
class ViewStore {
  private static final String COLUMNS =
      """
      id, owner_id, name, icon, conditions::text as conditions, sort, shared, deleted_at,
      array(select team.id from team where team.id = any(view.team_ids) order by team.id) as team_ids
      """;

  private final JdbcClient jdbc;
  private final JsonMapper json;

  ViewStore(JdbcClient jdbc, JsonMapper json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  record Stored(
      long id,
      long ownerId,
      String name,
      @Nullable String icon,
      List<Condition> conditions,
      ViewSort sort,
      boolean shared,
      List<Long> teams,
      boolean deleted) {

    /** Whether others than its owner have it. */
    boolean isShared() {
      return shared || !teams.isEmpty();
    }
  }

  /**
   * What is to be kept of a view.
   *
   * @param teams whom it is shared with, where it is not with everybody
   */
  record Content(
      String name,
      @Nullable String icon,
      List<Condition> conditions,
      ViewSort sort,
      boolean shared,
      List<Long> teams) {

    boolean isShared() {
      return shared || !teams.isEmpty();
    }
  }

  /** The keys of views in an agent's order, and which of them they have put away. */
  record Arrangement(List<String> keys, List<String> hidden) {
    static final Arrangement NONE = new Arrangement(List.of(), List.of());
  }

  private Stored read(java.sql.ResultSet row) throws java.sql.SQLException {
    return new Stored(
        row.getLong("id"),
        row.getLong("owner_id"),
        row.getString("name"),
        row.getString("icon"),
        List.of(json.readValue(row.getString("conditions"), Condition[].class)),
        ViewSort.valueOf(row.getString("sort")),
        row.getBoolean("shared"),
        List.of((Long[]) row.getArray("team_ids").getArray()),
        row.getTimestamp("deleted_at") != null);
  }

  List<Stored> seenBy(long agentId, Collection<Long> teams) {
    return jdbc.sql(
            "select "
                + COLUMNS
                + """
                from view where (shared or owner_id = :agent or team_ids && :teams::bigint[]) and deleted_at is null
                order by id
                """)
        .param("agent", agentId)
        .param("teams", teams.toArray(Long[]::new))
        .query((row, n) -> read(row))
        .list();
  }

  Optional<Stored> find(long id) {
    return jdbc.sql("select " + COLUMNS + " from view where id = ?")
        .param(id)
        .query((row, n) -> read(row))
        .optional();
  }

  int countOf(long agentId) {
    return jdbc.sql("select count(*) from view where owner_id = ? and deleted_at is null")
        .param(agentId)
        .query(Integer.class)
        .single();
  }

  long insert(long ownerId, Content content, Instant now) {
    return values(
            jdbc.sql(
                """
                insert into view (owner_id, name, icon, conditions, sort, shared, team_ids, created_at)
                values (:owner, :name, :icon, :conditions::jsonb, :sort, :shared, :teams, :now) returning id
                """),
            content)
        .param("owner", ownerId)
        .param("now", now.atOffset(ZoneOffset.UTC))
        .query(Long.class)
        .single();
  }

  void update(long id, Content content) {
    values(
            jdbc.sql(
                """
                update view set name = :name, icon = :icon, conditions = :conditions::jsonb, sort = :sort,
                  shared = :shared, team_ids = :teams
                where id = :id
                """),
            content)
        .param("id", id)
        .update();
  }

  private JdbcClient.StatementSpec values(JdbcClient.StatementSpec statement, Content content) {
    return statement
        .param("name", content.name())
        .param("icon", content.icon())
        .param("conditions", json.writeValueAsString(content.conditions()))
        .param("sort", content.sort().name())
        .param("shared", content.shared())
        .param("teams", content.teams().toArray(Long[]::new));
  }

  /** Views that ask for the one tag ask for the other from now on. */
  void replaceTag(long tagId, long intoId) {
    for (Stored view : asking(tagId)) {
      List<Condition> replaced =
          view.conditions().stream().map(one -> one.replaceTag(tagId, intoId)).toList();
      jdbc.sql("update view set conditions = :conditions::jsonb where id = :id")
          .param("id", view.id())
          .param("conditions", json.writeValueAsString(replaced))
          .update();
    }
  }

  boolean namesTag(long tagId) {
    return !asking(tagId).isEmpty();
  }

  /** Also those in the bin. */
  private List<Stored> asking(long tagId) {
    return jdbc.sql(
            "select "
                + COLUMNS
                + """
                from view where conditions @> jsonb_build_array(
                  jsonb_build_object('field', 'tag', 'values', jsonb_build_array(:tag::text)))
                order by id for no key update
                """)
        .param("tag", Long.toString(tagId))
        .query((row, n) -> read(row))
        .list();
  }

  void setDeleted(long id, @Nullable Instant at) {
    jdbc.sql("update view set deleted_at = :at::timestamptz where id = :id")
        .param("at", at == null ? null : at.toString())
        .param("id", id)
        .update();
  }

  void removeDeletedBefore(Instant at) {
    jdbc.sql("delete from view where deleted_at < ?").param(at.atOffset(ZoneOffset.UTC)).update();
  }

  Arrangement arrangement(long agentId) {
    return jdbc.sql("select keys, hidden from view_arrangement where agent_id = ?")
        .param(agentId)
        .query((row, n) ->
            new Arrangement(
                List.of((String[]) row.getArray("keys").getArray()),
                List.of((String[]) row.getArray("hidden").getArray())))
        .optional()
        .orElse(Arrangement.NONE);
  }

  void arrange(long agentId, Arrangement arrangement) {
    jdbc.sql(
            """
            insert into view_arrangement (agent_id, keys, hidden) values (:agent, :keys, :hidden)
            on conflict (agent_id) do update set keys = excluded.keys, hidden = excluded.hidden
            """)
        .param("agent", agentId)
        .param("keys", arrangement.keys().toArray(String[]::new))
        .param("hidden", arrangement.hidden().toArray(String[]::new))
        .update();
  }
}
