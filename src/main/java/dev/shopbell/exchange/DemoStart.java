package dev.shopbell.exchange;

import dev.shopbell.platform.Settings;
import dev.shopbell.platform.facts.Actor;
import dev.shopbell.platform.facts.Facts;
import dev.shopbell.staff.Agent;
import dev.shopbell.staff.Agents;
import dev.shopbell.staff.BuiltInRole;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Loads the demo shop once, on the first start that wants it, and removes it and ends on {@code
 * --remove-demo}. Once removed it does not come back by itself.
 */
@Component
class DemoStart implements ApplicationRunner {
  private static final String REMOVE = "remove-demo";

  private final Demo demo;
  private final Agents agents;
  private final Settings settings;
  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;
  private final Facts facts;
  private final ApplicationContext context;

  DemoStart(
      Demo demo,
      Agents agents,
      Settings settings,
      JdbcClient jdbc,
      TransactionTemplate transaction,
      Facts facts,
      ApplicationContext context) {
    this.demo = demo;
    this.agents = agents;
    this.settings = settings;
    this.jdbc = jdbc;
    this.transaction = transaction;
    this.facts = facts;
    this.context = context;
  }

  @Override
  public void run(ApplicationArguments arguments) {
    if (!arguments.containsOption(REMOVE)) {
      transaction.executeWithoutResult(status -> load());
      return;
    }
    if (demo.isLoaded()) {
      demo.remove(Actor.SYSTEM);
    }
    System.out.println("The demo shop is gone. Start without --" + REMOVE + " to go on.");
    Thread.ofPlatform().start(() -> System.exit(SpringApplication.exit(context)));
  }

  /** Once, whichever node is first. */
  private void load() {
    jdbc.sql("select pg_advisory_xact_lock(hashtext('demo shop'))").query(row -> {});
    if (settings.demo() && !facts.happened(DemoLoaded.class)) {
      agents.all().stream()
          .filter(agent -> agent.role().equals(BuiltInRole.owner.name()) && agent.active())
          .findFirst()
          .map(Agent::id)
          .ifPresent(demo::load);
    }
  }
}
