package dev.shopbell.platform.webhooks;

import dev.shopbell.platform.facts.Fact;

/** The program gave it up: gone, failing for days, or nobody's any more. */
record WebhookDisabled(long webhookId) implements Fact {}
