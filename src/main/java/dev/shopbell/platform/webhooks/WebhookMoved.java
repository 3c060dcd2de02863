package dev.shopbell.platform.webhooks;

import dev.shopbell.platform.facts.Fact;

/** Somebody had it begin again at another place of the log. */
record WebhookMoved(long webhookId) implements Fact {}
