package dev.shopbell.channels.email;

import dev.shopbell.platform.facts.Fact;

record MailboxRemoved(long brandId, long mailboxId) implements Fact {}
