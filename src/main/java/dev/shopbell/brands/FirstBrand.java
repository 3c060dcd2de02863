package dev.shopbell.brands;

import dev.shopbell.platform.facts.Actor;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Sees to it that there is a brand before the first mail can arrive. */
@Component
public class FirstBrand implements SmartLifecycle {
  public static final String NAME = "My shop";

  private final Brands brands;
  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;
  private boolean running;

  FirstBrand(Brands brands, JdbcClient jdbc, TransactionTemplate transaction) {
    this.brands = brands;
    this.jdbc = jdbc;
    this.transaction = transaction;
  }

  @Override
  public void start() {
    transaction.executeWithoutResult(status -> {
      // Two nodes may start at once.
      jdbc.sql("lock table brand in share row exclusive mode").update();
      if (brands.all().isEmpty()) {
        brands.create(Actor.SYSTEM, NAME);
      }
    });
    running = true;
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
    return -50;
  }
}
