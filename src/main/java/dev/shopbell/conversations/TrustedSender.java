package dev.shopbell.conversations;

import java.time.Instant;

/**
 * Whose pictures are always shown to a brand's agents.
 *
 * @param sender a mail address, or the domain of one, in lower case
 */
public record TrustedSender(long id, long brandId, String sender, Instant createdAt) {}
