package dev.shopbell.staff;

import dev.shopbell.platform.Settings;
import dev.shopbell.platform.facts.Actor;
import dev.shopbell.platform.facts.Facts;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Lets somebody back in whom nobody at the desk can help, such as the only owner. For whoever has
 * the server: they could read and write everything anyway. Works on the database alone, beside the
 * running program or without it; the link counts once it is used, so that one made by mistake
 * changes nothing.
 */
public final class Rescue {
  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;
  private final OneTimeLinks links;
  private final Clock clock;

  public Rescue(DataSource database, Settings settings, Clock clock) {
    this.jdbc = JdbcClient.create(database);
    this.transaction = new TransactionTemplate(new JdbcTransactionManager(database));
    this.links = new OneTimeLinks(jdbc, settings, clock);
    this.clock = clock;
  }

  public sealed interface Outcome {
    /**
     * @param url works once, until then
     */
    record Link(String url, Instant until, String name) implements Outcome {}

    record Refused(String words) implements Outcome {}
  }

  private record Found(long id, String name, boolean active) {}

  /** For the agent who signs in by this address. */
  public Outcome of(String email) {
    return Objects.requireNonNull(transaction.execute(status -> rescue(email.strip())));
  }

  private Outcome rescue(String email) {
    Instant now = clock.instant();
    Optional<Found> found =
        jdbc.sql(
                """
                select id, name, active and (expires_at is null or expires_at > :now) as active
                from agent where lower(email) = lower(:email)
                """)
            .param("now", now.atOffset(ZoneOffset.UTC))
            .param("email", email)
            .query(Found.class)
            .optional();
    if (found.isEmpty()) {
      return new Outcome.Refused(
          "Nobody at this desk signs in as %s. Its owners: %s."
              .formatted(email, String.join(", ", owners())));
    }
    Found agent = found.get();
    if (!agent.active()) {
      return new Outcome.Refused(
          "The access of %s has ended. An owner brings it back in Settings, People. Owners: %s."
              .formatted(email, String.join(", ", owners())));
    }
    OneTimeLinks.Link link = links.make(agent.id(), OneTimeLinks.Kind.rescue);
    Facts.appendBeside(jdbc, new Facts.By(Actor.SYSTEM, new RescueLinkCreated(agent.id()), now));
    return new Outcome.Link(link.invitationUrl(), link.expiresAt(), agent.name());
  }

  private List<String> owners() {
    List<String> owners =
        jdbc.sql("select email from agent where role = 'owner' and active order by id limit 20")
            .query(String.class)
            .list();
    return owners.isEmpty() ? List.of("none yet; start the program for a set-up link") : owners;
  }
}
