package dev.shopbell.staff;

import dev.shopbell.platform.web.Permission;
import dev.shopbell.platform.web.Sight;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an agent may do and what they see. */
public record Access(long agentId, Set<Permission> permissions, Sight sight) {
  static final String COLUMNS =
      """
      agent.id as agent_id, agent.role, own.permissions as own_permissions, agent.brand_ids, agent.sees, agent.expires_at,
      array(select team_id from team_member where team_member.agent_id = agent.id) as team_ids
      """;

  static final String TABLES = "agent left join role as own on own.id = agent.role_id";

  /** Of whoever has access at the moment {@code :now}. */
  static final String HOLDS =
      "agent.active and (agent.expires_at is null or agent.expires_at > :now)";

  static Access of(ResultSet row) throws SQLException {
    Timestamp until = row.getTimestamp("expires_at");
    List<Long> brands = numbers(row.getArray("brand_ids"));
    List<Long> teams = numbers(row.getArray("team_ids"));
    return new Access(
        row.getLong("agent_id"),
        permissions(row.getString("role"), row.getArray("own_permissions")),
        new Sight(
            row.getLong("agent_id"),
            brands == null ? null : Set.copyOf(brands),
            Sight.Conversations.valueOf(row.getString("sees")),
            teams == null ? Set.of() : Set.copyOf(teams),
            until == null ? null : until.toInstant()));
  }

  private static Set<Permission> permissions(String role, @Nullable Array own) throws SQLException {
    return own == null ? BuiltInRole.valueOf(role).permissions() : permissions(own);
  }

  /** A permission that a later version took away is no permission any more. */
  static Set<Permission> permissions(Array keys) throws SQLException {
    List<String> known = List.of((String[]) keys.getArray());
    Set<Permission> permissions = EnumSet.noneOf(Permission.class);
    Arrays.stream(Permission.values())
        .filter(permission -> known.contains(permission.key()))
        .forEach(permissions::add);
    return permissions;
  }

  static @Nullable List<Long> numbers(@Nullable Array array) throws SQLException {
    return array == null ? null : List.of((Long[]) array.getArray());
  }
}
