package dev.shopbell.staff;

import dev.shopbell.platform.SecretKey;
import dev.shopbell.platform.Settings;
import dev.shopbell.platform.facts.Actor;
import dev.shopbell.platform.web.Problem;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Sees to it that somebody can sign in after the first start: the owner that the environment names,
 * the demo owner where the demo shop is wanted, or else whoever opens the one-time set-up link.
 */
@Component
public class FirstOwner implements SmartLifecycle {
  public static final String DEMO_EMAIL = "demo@shopbell.example";

  private final Agents agents;
  private final OneTimeLinks links;
  private final Tokens tokens;
  private final Passwords passwords;
  private final Settings settings;
  private final SecretKey secret;
  private final TransactionTemplate transaction;
  private boolean running;
  private @Nullable String setupLink;

  FirstOwner(
      Agents agents,
      OneTimeLinks links,
      Tokens tokens,
      Passwords passwords,
      Settings settings,
      SecretKey secret,
      TransactionTemplate transaction) {
    this.agents = agents;
    this.links = links;
    this.tokens = tokens;
    this.passwords = passwords;
    this.settings = settings;
    this.secret = secret;
    this.transaction = transaction;
  }

  /** Where the first owner is made, until there is one. */
  public Optional<String> setupLink() {
    return Optional.ofNullable(setupLink);
  }

  /** How to sign in to the demo shop, as long as its owner is there. */
  public Optional<String> demoSignIn() {
    return agents
        .byEmail(DEMO_EMAIL)
        .filter(agent -> agent.demo() && agent.active())
        .map(agent -> DEMO_EMAIL + "  /  " + demoPassword());
  }

  @Override
  public void start() {
    transaction.executeWithoutResult(status -> {
      agents.lock();
      if (agents.none() && agents.byEmail(DEMO_EMAIL).isEmpty()) {
        first();
      } else if (agents.none() && agents.byEmail(DEMO_EMAIL).filter(Agent::joined).isEmpty()) {
        setupLink = links.make(null, OneTimeLinks.Kind.invitation).invitationUrl();
      }
    });
    running = true;
  }

  private void first() {
    if (!settings.ownerEmail().isEmpty()) {
      if (settings.ownerPassword().isEmpty()) {
        throw new IllegalStateException(
            "SHOPBELL_OWNER_EMAIL is set: set SHOPBELL_OWNER_PASSWORD too.");
      }
      own("Owner", settings.ownerEmail(), "Owner", hash(settings.ownerPassword()), false);
    } else if (settings.demo()) {
      own("Robin Avery", DEMO_EMAIL, "Owner", hash(demoPassword()), true);
    } else {
      setupLink = links.make(null, OneTimeLinks.Kind.invitation).invitationUrl();
    }
  }

  private String hash(String password) {
    return passwords.hash("SHOPBELL_OWNER_PASSWORD", password);
  }

  /**
   * Whoever opens the set-up link first.
   *
   * @throws Problem if there is an owner already, or the password will not do
   */
  Agent found(String name, String email, @Nullable String password) {
    String hash = passwords.hash("password", password);
    agents.lock();
    if (!agents.none()) {
      throw Problem.conflict(
          "This installation has an owner already: sign in, or ask them for a link.");
    }
    return own(name, email, null, hash, false);
  }

  private Agent own(String name, String email, @Nullable String title, String hash, boolean demo) {
    Agent owner =
        agents.create(
            Actor.SYSTEM, Agents.NewAgent.of(name, email, BuiltInRole.owner, title), hash, demo);
    tokens.createFirst(owner.id(), settings.apiToken());
    return owner;
  }

  /**
   * Differs from installation to installation, and need not be stored to be told at every start.
   */
  private String demoPassword() {
    return Objects.requireNonNull(secret.sign("demo sign-in", DEMO_EMAIL, 12));
  }

  @Override
  public void stop() {
    running = false;
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  @Override
  public int getPhase() {
    return -40;
  }
}
