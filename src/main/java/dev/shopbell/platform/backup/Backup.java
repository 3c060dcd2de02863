package dev.shopbell.platform.backup;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One of the program's own backups.
 *
 * @param askedBy the agent; null for a nightly one
 * @param finishedAt null while it is waited for
 * @param file where it lies, on the node that made it; null where there is none
 * @param bytes of that file; what never changes lies beside it, once for all
 * @param problem why there is none, in words for people
 */
record Backup(
    long id,
    @Nullable Long askedBy,
    Instant askedAt,
    @Nullable Instant finishedAt,
    @Nullable String file,
    @Nullable Long bytes,
    @Nullable String problem) {}
