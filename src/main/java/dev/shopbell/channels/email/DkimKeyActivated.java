package dev.shopbell.channels.email;

import dev.shopbell.platform.facts.Fact;

record DkimKeyActivated(long dkimKeyId) implements Fact {}
