package dev.shopbell.customers;

import dev.shopbell.platform.facts.Fact;

/**
 * A field was added to conversations or customers, or one was changed, archived or brought back.
 */
public record CustomFieldSaved(long fieldId) implements Fact {}
