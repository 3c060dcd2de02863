package dev.shopbell.platform.webhooks;

import dev.shopbell.platform.facts.Fact;

/** The old one signs on for a day. */
record WebhookSecretReplaced(long webhookId) implements Fact {}
