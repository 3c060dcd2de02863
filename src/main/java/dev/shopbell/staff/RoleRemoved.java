package dev.shopbell.staff;

import dev.shopbell.platform.facts.Fact;

public record RoleRemoved(long roleId) implements Fact {}
