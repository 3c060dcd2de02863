package dev.shopbell.customers;

import dev.shopbell.platform.facts.Fact;
import java.util.List;

/**
 * @param fields the keys of those whose values are others now
 */
public record CustomerFieldsChanged(long brandId, long customerId, List<String> fields)
    implements Fact {}
