package dev.shopbell.platform.backup;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When the program makes backups by itself, as the operator has set it.
 *
 * @param next null where none is made by itself
 * @param folder on the node that makes it
 * @param keepDays of how many days the last one is kept
 * @param keepWeeks of how many weeks the last one is kept, beyond these
 */
record BackupPlan(@Nullable Instant next, String folder, int keepDays, int keepWeeks) {}
