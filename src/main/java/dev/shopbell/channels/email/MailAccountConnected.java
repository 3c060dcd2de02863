package dev.shopbell.channels.email;

import dev.shopbell.platform.facts.Fact;

record MailAccountConnected(long brandId, long mailboxId, long accountId) implements Fact {}
