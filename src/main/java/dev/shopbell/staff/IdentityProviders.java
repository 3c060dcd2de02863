package dev.shopbell.staff;

import dev.shopbell.platform.SecretBox;
import dev.shopbell.platform.facts.Facts;
import dev.shopbell.platform.web.Caller;
import dev.shopbell.platform.web.Permission;
import dev.shopbell.platform.web.Problem;
import dev.shopbell.staff.oidc.OpenId;
import dev.shopbell.staff.oidc.ProviderTrouble;
import io.swagger.v3.oas.annotations.media.Schema;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The identity providers that owners have set up. Whoever sets one up could let anybody in as
 * anybody: only those may who hold every permission and see everything themselves.
 */
@Service
class IdentityProviders {
  private static final int MOST = 20;

  private static final String SELECT =
      """
      select provider.*, (select count(*) from provider_account where provider_id = provider.id) as people
      from identity_provider as provider
      """;

  private final JdbcClient jdbc;
  private final OpenId openId;
  private final SecretBox box;
  private final Facts facts;
  private final Clock clock;
  private final Roles roles;
  private final TransactionTemplate transaction;

  IdentityProviders(
      JdbcClient jdbc,
      OpenId openId,
      SecretBox box,
      Facts facts,
      Clock clock,
      Roles roles,
      TransactionTemplate transaction) {
    this.jdbc = jdbc;
    this.openId = openId;
    this.box = box;
    this.facts = facts;
    this.clock = clock;
    this.roles = roles;
    this.transaction = transaction;
  }

  /**
   * How a provider is to be.
   *
   * @param issuer the address that the provider calls so, or that of its description; it cannot be
   *     changed later
   * @param clientSecret what is kept stays where it is left out
   * @param domains see {@link IdentityProvider}; at least one where there is a {@code joinRole}
   * @param joinRole the id of a role, never owner or guest
   */
  @Schema(name = "WantedIdentityProvider")
  record Wanted(
      String name,
      String issuer,
      String clientId,
      @Nullable String clientSecret,
      @Nullable List<String> domains,
      @Nullable String joinRole,
      @Nullable Boolean exclusive) {}

  List<IdentityProvider> all() {
    return jdbc.sql(SELECT + "order by lower(provider.name)").query(IdentityProviders::row).list();
  }

  Optional<IdentityProvider> find(long id) {
    return jdbc.sql(SELECT + "where provider.id = ?")
        .param(id)
        .query(IdentityProviders::row)
        .optional();
  }

  /**
   * @throws Problem if there is none of that id
   */
  IdentityProvider get(long id) {
    return find(id)
        .orElseThrow(() -> Problem.notFound("There is no identity provider " + id + "."));
  }

  /** What we are to the provider, with the secret. */
  OpenId.Client client(IdentityProvider provider) throws ProviderTrouble {
    byte[] sealed =
        jdbc.sql("select client_secret from identity_provider where id = ?")
            .param(provider.id())
            .query(byte[].class)
            .single();
    try {
      return new OpenId.Client(
          provider.issuer(), provider.clientId(), box.open(purpose(provider.issuer()), sealed));
    } catch (IllegalStateException e) {
      throw new ProviderTrouble(
          ProviderTrouble.Kind.misconfigured,
          "The kept client secret cannot be opened, since the secret key of this installation is another one: enter it again.");
    }
  }

  /** Asks the provider first, outside of any transaction. */
  IdentityProvider add(Caller caller, Wanted wanted) {
    WantedProvider checked = WantedProvider.of(wanted, roles);
    String secret =
        checked
            .secret()
            .orElseThrow(() -> Problem.invalid("clientSecret", "Enter the client secret."));
    mayDecide(caller);
    if (all().size() >= MOST) {
      throw Problem.conflict("There are at most " + MOST + " identity providers.");
    }
    String issuer = issuer(wanted.issuer());
    return saved(
        checked.name(),
        () -> {
          long id =
              jdbc.sql(
                      """
                      insert into identity_provider (name, issuer, client_id, client_secret, domains, join_role, exclusive,
                        created_at)
                      values (:name, :issuer, :clientId, :secret, :domains, :joinRole, :exclusive, :now)
                      returning id
                      """)
                  .params(checked.params())
                  .param("issuer", issuer)
                  .param("secret", box.seal(purpose(issuer), secret))
                  .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                  .query(Long.class)
                  .single();
          facts.append(caller.actor(), new IdentityProviderAdded(id));
          return id;
        });
  }

  private String issuer(String typed) {
    try {
      return openId.check(typed);
    } catch (ProviderTrouble e) {
      throw Problem.invalid("issuer", e.words());
    }
  }

  /**
   * Also of one that is away, lest nobody could open the other ways in again: what is wrong with it
   * then stands at it.
   */
  IdentityProvider change(Caller caller, long id, Wanted wanted) {
    IdentityProvider before = get(id);
    WantedProvider checked = WantedProvider.of(wanted, roles);
    mayDecide(caller);
    if (!wanted.issuer().strip().equals(before.issuer())) {
      throw Problem.invalid(
          "issuer",
          "The issuer of a provider stays, since accounts are known by it: set up another one.");
    }
    saved(
        checked.name(),
        () -> {
          jdbc.sql(
                  """
                  update identity_provider set name = :name, client_id = :clientId, domains = :domains,
                    join_role = :joinRole, exclusive = :exclusive, trouble = null, trouble_at = null,
                    client_secret = coalesce(:secret, client_secret)
                  where id = :id
                  """)
              .params(checked.params())
              .param(
                  "secret",
                  checked
                      .secret()
                      .map(secret -> box.seal(purpose(before.issuer()), secret))
                      .orElse(null))
              .param("id", id)
              .update();
          facts.append(caller.actor(), new IdentityProviderChanged(id));
          return id;
        });
    try {
      openId.check(before.issuer());
    } catch (ProviderTrouble e) {
      failed(id, e);
    }
    return get(id);
  }

  /** With what was linked to it; whoever is signed in stays so. */
  void remove(Caller caller, long id) {
    get(id);
    mayDecide(caller);
    transaction.executeWithoutResult(status -> {
      if (jdbc.sql("delete from identity_provider where id = ?").param(id).update() > 0) {
        facts.append(caller.actor(), new IdentityProviderRemoved(id));
      }
    });
  }

  /** Keeps for owners why it failed. */
  void failed(long id, ProviderTrouble trouble) {
    jdbc.sql("update identity_provider set trouble = :words, trouble_at = :now where id = :id")
        .param("words", trouble.words())
        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
        .param("id", id)
        .update();
  }

  void worked(IdentityProvider provider) {
    if (provider.trouble() != null) {
      jdbc.sql("update identity_provider set trouble = null, trouble_at = null where id = ?")
          .param(provider.id())
          .update();
    }
  }

  private static void mayDecide(Caller caller) {
    Roles.held(caller, EnumSet.allOf(Permission.class));
    if (!caller.sight().everything()) {
      throw Problem.forbidden("This is for those who see everything: it could let in anybody.");
    }
  }

  private interface Save {
    long run();
  }

  private IdentityProvider saved(String name, Save save) {
    try {
      return get(Objects.requireNonNull(transaction.execute(status -> save.run())));
    } catch (DuplicateKeyException e) {
      boolean named = all().stream().anyMatch(one -> one.name().equalsIgnoreCase(name));
      throw named
          ? Problem.conflict("name", "There is a provider “" + name + "” already.")
          : Problem.conflict("issuer", "This provider is set up already.");
    }
  }

  private static String purpose(String issuer) {
    return "client secret for " + issuer;
  }

  private static IdentityProvider row(ResultSet row, int n) throws SQLException {
    Timestamp failed = row.getTimestamp("trouble_at");
    return new IdentityProvider(
        row.getLong("id"),
        row.getString("name"),
        row.getString("issuer"),
        row.getString("client_id"),
        List.of((String[]) row.getArray("domains").getArray()),
        row.getString("join_role"),
        row.getBoolean("exclusive"),
        row.getInt("people"),
        row.getTimestamp("created_at").toInstant(),
        row.getString("trouble"),
        failed == null ? null : failed.toInstant());
  }
}
