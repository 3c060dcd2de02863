package dev.shopbell.platform.backup;

import dev.shopbell.platform.facts.Fact;

public record BackupFailed(long backupId) implements Fact {}
