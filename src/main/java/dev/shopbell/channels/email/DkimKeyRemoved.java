package dev.shopbell.channels.email;

import dev.shopbell.platform.facts.Fact;

record DkimKeyRemoved(long dkimKeyId) implements Fact {}
