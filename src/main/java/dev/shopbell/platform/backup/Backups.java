package dev.shopbell.platform.backup;

import dev.shopbell.platform.Settings;
import dev.shopbell.platform.facts.Actor;
import dev.shopbell.platform.facts.Facts;
import dev.shopbell.platform.tasks.Tasks;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The program's own backups: one a night, and when somebody asks. When one is due follows from when
 * the last was asked for: a night that the program slept through is made up for.
 */
@Component
@EnableConfigurationProperties(BackupSettings.class)
class Backups {
  private static final int SHOWN = 30;

  private final BackupStore store;
  private final Tasks tasks;
  private final Facts facts;
  private final Settings settings;
  private final BackupSettings backupSettings;
  private final Clock clock;

  Backups(
      BackupStore store,
      Tasks tasks,
      Facts facts,
      Settings settings,
      BackupSettings backupSettings,
      Clock clock,
      MeterRegistry meters) {
    this.store = store;
    this.tasks = tasks;
    this.facts = facts;
    this.settings = settings;
    this.backupSettings = backupSettings;
    this.clock = clock;
    Gauge.builder("shopbell.backup.age.seconds", this::age)
        .description("seconds since the last good backup; NaN before the first")
        .register(meters);
    Gauge.builder("shopbell.backup.failed", this::failed)
        .description("1 if the last backup failed, else 0")
        .register(meters);
  }

  /** The newest first. */
  List<Backup> newest() {
    return store.newest(SHOWN);
  }

  BackupPlan plan() {
    LocalTime at = backupSettings.time();
    return new BackupPlan(
        at == null ? null : due(at).plusDays(1).toInstant(),
        backupSettings.path(settings).toAbsolutePath().toString(),
        backupSettings.keepDays(),
        backupSettings.keepWeeks());
  }

  /** Asks for one; while one is waited for, that is the one. */
  @Transactional
  public Backup ask(@Nullable Long agentId) {
    store.lock();
    return store
        .open()
        .orElseGet(() -> {
          Instant now = clock.instant();
          Backup backup = store.add(agentId, now);
          tasks.schedule(MakeBackup.class, backup.id(), now);
          return backup;
        });
  }

  @Scheduled(fixedDelay = 60_000, initialDelay = 60_000)
  @Transactional
  public void askByNight() {
    LocalTime at = backupSettings.time();
    if (at != null && store.lastNight().isBefore(due(at).toInstant())) {
      store.lock();
      if (store.lastNight().isBefore(due(at).toInstant())) {
        ask(null);
      }
    }
  }

  /** The one that is to be made; empty where it has been. */
  Optional<Backup> open(long id) {
    return store.find(id).filter(backup -> backup.finishedAt() == null);
  }

  @Transactional
  public void made(Backup asked, BackupFolder.Made made) {
    store.made(asked.id(), made.file().toAbsolutePath().toString(), made.bytes(), clock.instant());
    facts.append(actor(asked), new BackupFinished(asked.id()));
  }

  @Transactional
  public void failed(Backup asked, String problem) {
    store.failed(asked.id(), problem, clock.instant());
    facts.append(actor(asked), new BackupFailed(asked.id()));
  }

  private static Actor actor(Backup asked) {
    return asked.askedBy() == null ? Actor.SYSTEM : Actor.agent(asked.askedBy());
  }

  /** The last time at which one was to be made. */
  private ZonedDateTime due(LocalTime at) {
    ZonedDateTime now = clock.instant().atZone(ZoneId.systemDefault());
    ZonedDateTime today = now.with(at);
    return today.isAfter(now) ? today.minusDays(1) : today;
  }

  private double age() {
    try {
      return store
          .lastGood()
          .map(at -> (double) Duration.between(at, clock.instant()).toSeconds())
          .orElse(Double.NaN);
    } catch (RuntimeException e) {
      return Double.NaN;
    }
  }

  private double failed() {
    try {
      return store.newest(SHOWN).stream()
          .filter(backup -> backup.finishedAt() != null)
          .findFirst()
          .map(backup -> backup.problem() == null ? 0.0 : 1.0)
          .orElse(0.0);
    } catch (RuntimeException e) {
      return Double.NaN;
    }
  }
}
