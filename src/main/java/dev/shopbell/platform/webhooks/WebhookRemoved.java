package dev.shopbell.platform.webhooks;

import dev.shopbell.platform.facts.Fact;

record WebhookRemoved(long webhookId) implements Fact {}
