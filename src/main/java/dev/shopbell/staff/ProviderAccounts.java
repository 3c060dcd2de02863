package dev.shopbell.staff;

import dev.shopbell.platform.facts.Actor;
import dev.shopbell.platform.facts.Facts;
import dev.shopbell.platform.web.Problem;
import io.swagger.v3.oas.annotations.media.Schema;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Which account at an identity provider is whose; one of an agent at each. */
@Service
class ProviderAccounts {
  private final JdbcClient jdbc;
  private final Facts facts;
  private final Clock clock;

  ProviderAccounts(JdbcClient jdbc, Facts facts, Clock clock) {
    this.jdbc = jdbc;
    this.facts = facts;
    this.clock = clock;
  }

  /**
   * A provider as one agent has it.
   *
   * @param linkedAt null where they have no account of theirs linked
   */
  @Schema(name = "OwnIdentityProvider")
  record Own(long id, String name, @Nullable Instant linkedAt, @Nullable Instant lastUsedAt) {}

  List<Own> of(long agentId) {
    return jdbc.sql(
            """
            select provider.id, provider.name, account.linked_at, account.last_used_at
            from identity_provider as provider
              left join provider_account as account on account.provider_id = provider.id and account.agent_id = ?
            order by lower(provider.name)
            """)
        .param(agentId)
        .query((row, n) ->
            new Own(
                row.getLong("id"),
                row.getString("name"),
                instant(row.getTimestamp("linked_at")),
                instant(row.getTimestamp("last_used_at"))))
        .list();
  }

  private static @Nullable Instant instant(@Nullable Timestamp at) {
    return at == null ? null : at.toInstant();
  }

  Optional<Long> agentOf(long providerId, String subject) {
    return jdbc.sql("select agent_id from provider_account where provider_id = ? and subject = ?")
        .param(providerId)
        .param(subject)
        .query(Long.class)
        .optional();
  }

  /**
   * @return whether it is theirs now: false where the account is another's, or they have another
   */
  @Transactional(propagation = Propagation.MANDATORY)
  boolean link(long agentId, long providerId, String subject) {
    int made =
        jdbc.sql(
                """
                insert into provider_account (provider_id, subject, agent_id, linked_at)
                values (:provider, :subject, :agent, :now)
                on conflict do nothing
                """)
            .param("provider", providerId)
            .param("subject", subject)
            .param("agent", agentId)
            .param("now", now())
            .update();
    if (made > 0) {
      facts.append(Actor.agent(agentId), new SignInMethodAdded(agentId, SignInMethod.provider));
    }
    return made > 0;
  }

  void used(long providerId, String subject) {
    jdbc.sql("update provider_account set last_used_at = ? where provider_id = ? and subject = ?")
        .param(now())
        .param(providerId)
        .param(subject)
        .update();
  }

  /**
   * @throws Problem if they could not get in any more without it
   */
  @Transactional
  void unlink(long agentId, long providerId) {
    int gone =
        jdbc.sql("delete from provider_account where agent_id = ? and provider_id = ?")
            .param(agentId)
            .param(providerId)
            .update();
    if (gone == 0) {
      throw Problem.notFound("No account of yours is linked to this provider.");
    }
    if (!hasAnotherWay(agentId)) {
      throw Problem.conflict("This is your only way in. Choose a password first, in your profile.");
    }
    facts.append(Actor.agent(agentId), new SignInMethodRemoved(agentId, SignInMethod.provider));
  }

  private boolean hasAnotherWay(long agentId) {
    return jdbc.sql(
            """
            select password_hash is not null
              or exists (select from passkey where agent_id = agent.id)
              or exists (select from provider_account where agent_id = agent.id)
            from agent where id = ?
            """)
        .param(agentId)
        .query(Boolean.class)
        .single();
  }

  /** For somebody whose accounts there are others now. */
  @Transactional
  void unlinkAll(Actor actor, long agentId) {
    if (jdbc.sql("delete from provider_account where agent_id = ?").param(agentId).update() > 0) {
      facts.append(actor, new SignInMethodRemoved(agentId, SignInMethod.provider));
    }
  }

  private OffsetDateTime now() {
    return clock.instant().atOffset(ZoneOffset.UTC);
  }
}
