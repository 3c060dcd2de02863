package dev.shopbell.platform.webhooks;

import dev.shopbell.platform.facts.Fact;

record WebhookAdded(long webhookId) implements Fact {}
