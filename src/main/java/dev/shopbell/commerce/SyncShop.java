package dev.shopbell.commerce;

import dev.shopbell.platform.facts.Actor;
import dev.shopbell.platform.facts.Facts;
import dev.shopbell.platform.tasks.Task;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Reads one shop, for ever: what it has called us with, then what it is to be asked for, then all
 * that is not read yet, and each night what has changed since the last. One at a time for a shop,
 * and never for long, so that no shop holds up another or what else is due.
 */
@Component
class SyncShop implements Task {
  private static final Duration TURN = Duration.ofSeconds(15);
  private static final Duration NIGHTLY = Duration.ofHours(20);

  /** Changes of that long before the last reading are read again: clocks differ. */
  private static final Duration OVERLAP = Duration.ofDays(2);

  private static final Duration QUIET = Duration.ofSeconds(30);
  private static final Duration SOON = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

  private final ShopStore store;
  private final SyncStore syncs;
  private final ShopReader reader;
  private final Facts facts;
  private final TransactionTemplate transaction;
  private final Clock clock;

  SyncShop(
      ShopStore store,
      SyncStore syncs,
      @Lazy ShopReader reader,
      Facts facts,
      TransactionTemplate transaction,
      Clock clock) {
    this.store = store;
    this.syncs = syncs;
    this.reader = reader;
    this.facts = facts;
    this.transaction = transaction;
    this.clock = clock;
  }

  @Override
  public Done run(long id) {
    Shop shop = store.find(id).orElse(null);
    if (shop == null || shop.state() == Shop.State.paused) {
      return new Done.Finished();
    }
    Instant begun = clock.instant();
    try {
      boolean more = true;
      while (more && clock.instant().isBefore(begun.plus(TURN))) {
        more = reader.hooks(shop) || reader.touched(shop) || page(shop);
      }
      store.works(id);
      if (more) {
        return new Done.Again(clock.instant());
      }
      Instant next = clock.instant().plus(isStirred(id, begun.minus(QUIET)) ? SOON : QUIET);
      Instant due = syncs.nextDue(id).orElse(next);
      return new Done.Again(due.isBefore(next) ? due : next);
    } catch (ShopTrouble e) {
      return troubled(shop, e);
    }
  }

  /** Whoever wants it read while this turn ends is not heard: it comes again soon for a while. */
  private boolean isStirred(long id, Instant since) {
    return store.find(id).stream()
        .flatMap(shop ->
            Stream.of(
                Optional.ofNullable(shop.heardAt()),
                Optional.ofNullable(shop.orders()).map(Shop.Progress::begunAt),
                Optional.ofNullable(shop.products()).map(Shop.Progress::begunAt)))
        .flatMap(Optional::stream)
        .anyMatch(at -> at.isAfter(since));
  }

  private boolean page(Shop shop) throws ShopTrouble {
    for (SyncStore.What what : List.of(SyncStore.What.orders, SyncStore.What.products)) {
      Instant now = clock.instant();
      syncs
          .endedBefore(shop.id(), what, now.minus(NIGHTLY))
          .ifPresent(last -> syncs.begin(shop.id(), what, last.minus(OVERLAP), now));
      if (reader.page(shop, what)) {
        return true;
      }
    }
    return false;
  }

  private Done troubled(Shop shop, ShopTrouble trouble) {
    boolean refused = trouble.kind() == ShopTrouble.Kind.refused;
    if (trouble.kind() == ShopTrouble.Kind.throttled) {
      Duration rest = trouble.retryAfter() == null ? Duration.ofSeconds(2) : trouble.retryAfter();
      return new Done.Again(clock.instant().plus(rest));
    }
    Integer failures =
        transaction.execute(status -> {
          if (refused && shop.state() != Shop.State.refused) {
            facts.append(Actor.SYSTEM, new ShopRefused(shop.brandId(), shop.id()));
          }
          return store.failed(
              shop.id(),
              refused ? Shop.State.refused : shop.state(),
              trouble.words(),
              clock.instant());
        });
    long seconds = 2L << Math.min(failures == null ? 1 : failures, 8);
    Duration pause = refused ? LONGEST_PAUSE : Duration.ofSeconds(seconds);
    return new Done.Again(
        clock.instant().plus(pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause));
  }
}
