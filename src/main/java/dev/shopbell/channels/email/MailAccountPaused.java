package dev.shopbell.channels.email;

import dev.shopbell.platform.facts.Fact;

record MailAccountPaused(long brandId, long mailboxId, long accountId) implements Fact {}
