package dev.shopbell.staff;

import dev.shopbell.platform.facts.Fact;

public record RoleChanged(long roleId) implements Fact {}
