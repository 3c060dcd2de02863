package dev.shopbell.platform.webhooks;

import dev.shopbell.platform.facts.Fact;

record WebhookChanged(long webhookId) implements Fact {}
