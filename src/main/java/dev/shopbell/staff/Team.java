package dev.shopbell.staff;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Agents who answer together.
 *
 * @param color {@code #rrggbb}
 * @param emoji one that stands for it; null where the colour does
 * @param members ids of agents
 */
public record Team(
    long id,
    String name,
    String color,
    @Nullable String emoji,
    List<Long> members,
    boolean demo,
    Instant createdAt) {}
