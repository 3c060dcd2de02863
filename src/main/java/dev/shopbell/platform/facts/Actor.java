package dev.shopbell.platform.facts;

import org.jspecify.annotations.Nullable;

/** Who did it. The id is an agent's or a customer's; the system has none. */
public record Actor(Kind kind, @Nullable Long id) {
  public enum Kind {
    agent,
    customer,
    system
  }

  public static final Actor SYSTEM = new Actor(Kind.system, null);

  public static Actor agent(long id) {
    return new Actor(Kind.agent, id);
  }

  public static Actor customer(long id) {
    return new Actor(Kind.customer, id);
  }
}
