package dev.shopbell.staff;

import dev.shopbell.platform.facts.Actor;
import dev.shopbell.platform.facts.Facts;
import dev.shopbell.platform.web.Problem;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Who has to have a second step. */
@Service
class SignInPolicy {
  /** Whether the policy asks for it of {@code agent}. */
  static final String REQUIRED =
      """
      exists (select from sign_in_policy as policy
        where policy.everyone or coalesce(agent.role_id::text, agent.role) = any(policy.roles))
      """;

  private final JdbcClient jdbc;
  private final Facts facts;
  private final KnownCallers callers;
  private final Roles roles;

  SignInPolicy(JdbcClient jdbc, Facts facts, KnownCallers callers, Roles roles) {
    this.jdbc = jdbc;
    this.facts = facts;
    this.callers = callers;
    this.roles = roles;
  }

  /**
   * Of whom a second step is asked.
   *
   * @param everyone whatever their role
   * @param roles ids of roles
   */
  @Schema(name = "SignInPolicy")
  record Policy(boolean everyone, List<String> roles) {}

  Policy read() {
    return jdbc.sql("select everyone, roles from sign_in_policy")
        .query((row, n) ->
            new Policy(
                row.getBoolean("everyone"), List.of((String[]) row.getArray("roles").getArray())))
        .single();
  }

  boolean requires(long agentId) {
    return jdbc.sql("select " + REQUIRED + " from agent where id = ?")
        .param(agentId)
        .query(Boolean.class)
        .single();
  }

  /** Holds at once, also for those who are signed in. */
  @Transactional
  Policy change(Actor actor, Policy policy) {
    for (String role : policy.roles()) {
      if (roles.find(role).isEmpty()) {
        throw Problem.invalid("roles", "There is no role " + role + ".");
      }
    }
    jdbc.sql("update sign_in_policy set everyone = :everyone, roles = :roles")
        .param("everyone", policy.everyone())
        .param("roles", policy.roles().stream().distinct().toArray(String[]::new))
        .update();
    facts.append(actor, new SignInPolicyChanged());
    callers.changed();
    return read();
  }
}
