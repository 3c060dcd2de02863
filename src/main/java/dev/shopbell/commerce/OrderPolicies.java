package dev.shopbell.commerce;

import dev.shopbell.platform.facts.Actor;
import dev.shopbell.platform.facts.Facts;
import dev.shopbell.platform.web.Problem;
import java.time.Clock;
import java.time.ZoneOffset;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** What may be done with the orders of each brand. */
@Service
public class OrderPolicies {
  private static final int MOST_DAYS = 3_650;
  private static final int MOST_WORDS = 100;

  private final JdbcClient jdbc;
  private final JsonMapper json;
  private final Facts facts;
  private final Clock clock;

  OrderPolicies(JdbcClient jdbc, JsonMapper json, Facts facts, Clock clock) {
    this.jdbc = jdbc;
    this.json = json;
    this.facts = facts;
    this.clock = clock;
  }

  public OrderPolicy of(long brandId) {
    return jdbc.sql("select content from order_policy where brand_id = ?")
        .param(brandId)
        .query((row, n) -> json.readValue(row.getString("content"), OrderPolicy.class))
        .optional()
        .orElse(OrderPolicy.STANDARD);
  }

  /**
   * A preset is taken as it is, whatever else stands there.
   *
   * @throws Problem if a number makes no sense
   */
  @Transactional
  public OrderPolicy set(Actor actor, long brandId, OrderPolicy wanted) {
    OrderPolicy policy =
        switch (wanted.preset()) {
          case standard -> OrderPolicy.STANDARD;
          case strict -> OrderPolicy.STRICT;
          case own -> checked(wanted);
        };
    jdbc.sql(
            """
            insert into order_policy (brand_id, content, changed_at) values (:brand, :content::jsonb, :now)
            on conflict (brand_id) do update set content = excluded.content, changed_at = excluded.changed_at
            """)
        .param("brand", brandId)
        .param("content", json.writeValueAsString(policy))
        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
        .update();
    facts.append(actor, new OrderPolicyChanged(brandId));
    return policy;
  }

  private static OrderPolicy checked(OrderPolicy policy) {
    days("returnDays", policy.returnDays());
    days("exchangeDays", policy.exchangeDays());
    days("refundDays", policy.refundDays());
    if (policy.mostByBot() < 0 || policy.mostByRole().values().stream().anyMatch(one -> one < 0)) {
      throw Problem.invalid("mostByRole", "An amount is not below zero.");
    }
    words("withoutPaymentMethods", policy.withoutPaymentMethods().size());
    words("withoutCountries", policy.withoutCountries().size());
    words("finalSale", policy.finalSale().size());
    return policy;
  }

  private static void days(String field, int days) {
    if (days < 0 || days > MOST_DAYS) {
      throw Problem.invalid(field, "Days are from 0 to " + MOST_DAYS + ".");
    }
  }

  private static void words(String field, int count) {
    if (count > MOST_WORDS) {
      throw Problem.invalid(field, "There are " + MOST_WORDS + " at most.");
    }
  }
}
