package dev.shopbell.staff;

import dev.shopbell.platform.facts.Fact;

public record RoleCreated(long roleId) implements Fact {}
