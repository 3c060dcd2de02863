package dev.shopbell.exchange;

import dev.shopbell.platform.Settings;
import dev.shopbell.platform.facts.Actor;
import dev.shopbell.staff.Agent;
import dev.shopbell.staff.Agents;
import dev.shopbell.staff.Role;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Loads the demo shop once, on the first start that wants it, and removes it on {@code
 * --remove-demo}. Once removed it does not come back by itself.
 */
@Component
class DemoStart implements ApplicationRunner {
  private final DemoShop shop;
  private final Agents agents;
  private final Settings settings;
  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;

  DemoStart(
      DemoShop shop,
      Agents agents,
      Settings settings,
      JdbcClient jdbc,
      TransactionTemplate transaction) {
    this.shop = shop;
    this.agents = agents;
    this.settings = settings;
    this.jdbc = jdbc;
    this.transaction = transaction;
  }

  @Override
  public void run(ApplicationArguments arguments) {
    transaction.executeWithoutResult(status -> {
      jdbc.sql("select pg_advisory_xact_lock(hashtext('demo shop'))").query(row -> {});
      boolean loadedBefore = happened(DemoLoaded.class);
      if (arguments.containsOption("remove-demo")) {
        if (loadedBefore && !happened(DemoRemoved.class)) {
          shop.remove(Actor.SYSTEM);
        }
      } else if (settings.demo() && !loadedBefore) {
        agents.all().stream()
            .filter(agent -> agent.role() == Role.owner && agent.active())
            .findFirst()
            .map(Agent::id)
            .ifPresent(shop::load);
      }
    });
  }

  private boolean happened(Class<?> fact) {
    return jdbc.sql("select exists (select from fact where name = ?)")
        .param(fact.getSimpleName())
        .query(Boolean.class)
        .single();
  }
}
