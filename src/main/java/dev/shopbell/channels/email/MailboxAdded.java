package dev.shopbell.channels.email;

import dev.shopbell.platform.facts.Fact;

record MailboxAdded(long brandId, long mailboxId) implements Fact {}
