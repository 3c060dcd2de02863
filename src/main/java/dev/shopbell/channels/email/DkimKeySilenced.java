package dev.shopbell.channels.email;

import dev.shopbell.platform.facts.Fact;

record DkimKeySilenced(long dkimKeyId) implements Fact {}
