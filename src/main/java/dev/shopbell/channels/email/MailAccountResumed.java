package dev.shopbell.channels.email;

import dev.shopbell.platform.facts.Fact;

record MailAccountResumed(long brandId, long mailboxId, long accountId) implements Fact {}
