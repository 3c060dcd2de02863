package dev.shopbell.staff;

import dev.shopbell.platform.SecretKey;
import dev.shopbell.platform.facts.Actor;
import dev.shopbell.platform.facts.Facts;
import dev.shopbell.platform.web.Permission;
import dev.shopbell.platform.web.Problem;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Tokens for programs: each acts as its agent, with some of the agent's permissions. */
@Service
class Tokens {
  private static final Duration TOUCH = Duration.ofMinutes(1);

  private final JdbcClient jdbc;
  private final Facts facts;
  private final Clock clock;
  private final KnownCallers callers;

  Tokens(JdbcClient jdbc, Facts facts, Clock clock, KnownCallers callers) {
    this.jdbc = jdbc;
    this.facts = facts;
    this.clock = clock;
    this.callers = callers;
  }

  /** A token as it is listed: never its secret. */
  record Token(
      long id,
      String name,
      Set<Permission> scopes,
      Instant createdAt,
      @Nullable Instant expiresAt,
      @Nullable Instant lastUsedAt) {}

  record NewToken(String name, Set<Permission> scopes, @Nullable Instant expiresAt) {}

  /** What the door needs to know. */
  record Known(long id, Access access, Set<Permission> scopes, @Nullable Instant lastUsedAt) {}

  List<Token> of(long agentId) {
    return jdbc.sql("select * from api_token where agent_id = ? order by id desc")
        .param(agentId)
        .query(row())
        .list();
  }

  @Transactional
  Token create(long agentId, Set<Permission> own, NewToken token, String secret) {
    String name = token.name().strip();
    if (name.isEmpty() || name.length() > 120) {
      throw Problem.invalid("name", "Name the program that will use it, in 1 to 120 characters.");
    }
    if (token.scopes().isEmpty() || !own.containsAll(token.scopes())) {
      throw Problem.invalid(
          "scopes", "Choose at least one permission, and only such as you have yourself.");
    }
    if (token.expiresAt() != null && !token.expiresAt().isAfter(clock.instant())) {
      throw Problem.invalid("expiresAt", "The token would be expired already.");
    }
    long id =
        jdbc.sql(
                """
                insert into api_token (fingerprint, agent_id, name, scopes, created_at, expires_at)
                values (:fingerprint, :agent, :name, :scopes, :now, :expires) returning id
                """)
            .param("fingerprint", SecretKey.fingerprint(secret))
            .param("agent", agentId)
            .param("name", name)
            .param("scopes", token.scopes().stream().map(Permission::key).toArray(String[]::new))
            .param("now", clock.instant().atOffset(ZoneOffset.UTC))
            .param(
                "expires",
                token.expiresAt() == null ? null : token.expiresAt().atOffset(ZoneOffset.UTC))
            .query(Long.class)
            .single();
    facts.append(Actor.agent(agentId), new TokenCreated(id));
    return jdbc.sql("select * from api_token where id = ?").param(id).query(row()).single();
  }

  @Transactional
  void revoke(long agentId, long id) {
    int gone =
        jdbc.sql("delete from api_token where id = ? and agent_id = ?")
            .param(id)
            .param(agentId)
            .update();
    if (gone == 0) {
      throw Problem.notFound("You have no token " + id + ".");
    }
    callers.changed();
    facts.append(Actor.agent(agentId), new TokenRevoked(id));
  }

  Optional<Known> known(String secret) {
    Instant now = clock.instant();
    Optional<Known> known =
        find("api_token.fingerprint = :key", SecretKey.fingerprint(secret), now);
    known
        .filter(
            token -> token.lastUsedAt() == null || token.lastUsedAt().isBefore(now.minus(TOUCH)))
        .ifPresent(token ->
            jdbc.sql("update api_token set last_used_at = ? where id = ?")
                .param(now.atOffset(ZoneOffset.UTC))
                .param(token.id())
                .update());
    return known;
  }

  Optional<Known> find(long id) {
    return find("api_token.id = :key", id, clock.instant());
  }

  private Optional<Known> find(String condition, Object key, Instant now) {
    return jdbc.sql(
            "select "
                + Access.COLUMNS
                + ", api_token.id, api_token.scopes, api_token.last_used_at from "
                + Access.TABLES
                + " join api_token on api_token.agent_id = agent.id where "
                + condition
                + " and (api_token.expires_at is null or api_token.expires_at > :now) and "
                + Access.HOLDS)
        .param("key", key)
        .param("now", now.atOffset(ZoneOffset.UTC))
        .query((row, n) ->
            new Known(
                row.getLong("id"),
                Access.of(row),
                Access.permissions(row.getArray("scopes")),
                Optional.ofNullable(row.getTimestamp("last_used_at"))
                    .map(t -> t.toInstant())
                    .orElse(null)))
        .optional();
  }

  /** The token that the environment gives the first owner. */
  void createFirst(long ownerId, String secret) {
    if (!secret.isEmpty()) {
      Set<Permission> all = EnumSet.copyOf(BuiltInRole.owner.permissions());
      create(ownerId, all, new NewToken("First token", all, null), secret);
    }
  }

  private static RowMapper<Token> row() {
    return (row, n) ->
        new Token(
            row.getLong("id"),
            row.getString("name"),
            Access.permissions(row.getArray("scopes")),
            row.getTimestamp("created_at").toInstant(),
            Optional.ofNullable(row.getTimestamp("expires_at"))
                .map(t -> t.toInstant())
                .orElse(null),
            Optional.ofNullable(row.getTimestamp("last_used_at"))
                .map(t -> t.toInstant())
                .orElse(null));
  }
}
