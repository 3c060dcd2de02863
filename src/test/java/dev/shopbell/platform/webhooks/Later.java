package dev.shopbell.platform.webhooks;

import dev.shopbell.RunningShopbell;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Lets time pass for webhooks, and does what only the world outside does. */
record Later(JdbcClient jdbc) {
  static Later of(RunningShopbell shopbell) {
    return new Later(shopbell.bean(JdbcClient.class));
  }

  /** The time of all that waits for another attempt has come. */
  void attemptsAreDue() {
    jdbc.sql("update webhook set due_at = now() where due_at is not null").update();
    jdbc.sql(
            "update webhook_delivery set next_attempt_at = now() where next_attempt_at is not null")
        .update();
  }

  void nineAttemptsWereMade() {
    jdbc.sql("update webhook_delivery set attempts = 9 where state = 'waiting'").update();
    attemptsAreDue();
  }

  void daysOfFailingHavePassed(int days) {
    jdbc.sql("update webhook set failing_since = failing_since - make_interval(days => ?)")
        .param(days)
        .update();
    attemptsAreDue();
  }

  void forgetOldSecrets() {
    jdbc.sql("update webhook set old_secret_until = now() - interval '1 second'").update();
  }

  /** A node has it that will not come back; its lease lasts on. */
  void heldByADeadNode(long webhookId) {
    jdbc.sql(
            "update webhook set held_by = 'dead', held_until = now() + interval '1 hour' where id = ?")
        .param(webhookId)
        .update();
  }

  void leasesRunOut() {
    jdbc.sql(
            "update webhook set held_until = now() - interval '1 second' where held_until is not null")
        .update();
  }

  /** As if the name in its address stood for something else now. */
  void leadsTo(long webhookId, String url) {
    jdbc.sql("update webhook set url = ? where id = ?").param(url).param(webhookId).update();
  }

  String stored(long webhookId) {
    return jdbc.sql(
            """
            select webhook::text || encode(secret, 'escape') || encode(secret, 'base64') from webhook where id = ?
            """)
        .param(webhookId)
        .query(String.class)
        .single();
  }
}
