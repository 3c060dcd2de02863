package dev.shopbell.platform.webhooks;

import dev.shopbell.platform.facts.Fact;

record WebhookPaused(long webhookId) implements Fact {}
