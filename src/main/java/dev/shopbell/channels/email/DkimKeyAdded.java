package dev.shopbell.channels.email;

import dev.shopbell.platform.facts.Fact;

record DkimKeyAdded(long dkimKeyId) implements Fact {}
