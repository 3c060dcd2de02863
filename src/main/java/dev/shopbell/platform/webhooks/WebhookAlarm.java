package dev.shopbell.platform.webhooks;

/** A slot: whoever can tell those who look after webhooks that one was given up. */
public interface WebhookAlarm {
  /** Stages that in the caller's transaction. */
  void disabled(long webhookId);
}
