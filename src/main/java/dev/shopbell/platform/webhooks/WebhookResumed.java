package dev.shopbell.platform.webhooks;

import dev.shopbell.platform.facts.Fact;

record WebhookResumed(long webhookId) implements Fact {}
