package dev.shopbell.customers;

import dev.shopbell.platform.facts.Actor;
import dev.shopbell.platform.facts.Facts;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Whether mail reaches the addresses of customers. */
@Service
public class Addresses {
  private final JdbcClient jdbc;
  private final Facts facts;

  Addresses(JdbcClient jdbc, Facts facts) {
    this.jdbc = jdbc;
    this.facts = facts;
  }

  /**
   * Mail to the address comes back for good.
   *
   * @param words of the other server
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public void bounces(long brandId, String address, String words, Instant at) {
    mark(brandId, address, words, at);
  }

  /** Mail to the address arrives, or came from it. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void works(long brandId, String address) {
    mark(brandId, address, null, null);
  }

  private void mark(
      long brandId, String address, @Nullable String words, @Nullable Instant bouncedAt) {
    jdbc.sql(
            """
            update identity set bounced_at = :at::timestamptz, bounce_words = :words
            where brand_id = :brand and kind = 'email' and value = :value
              and (bounced_at is null) <> (:at::timestamptz is null)
            returning customer_id
            """)
        .param("at", bouncedAt == null ? null : bouncedAt.toString())
        .param("words", words)
        .param("brand", brandId)
        .param("value", Customers.Key.email(brandId, address).value())
        .query(Long.class)
        .list()
        .forEach(customer -> facts.append(Actor.SYSTEM, new CustomerChanged(brandId, customer)));
  }
}
