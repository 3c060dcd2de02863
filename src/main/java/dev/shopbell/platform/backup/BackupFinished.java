package dev.shopbell.platform.backup;

import dev.shopbell.platform.facts.Fact;

public record BackupFinished(long backupId) implements Fact {}
