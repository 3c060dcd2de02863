package dev.shopbell.platform.live;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The open desks, those of this node by what they say themselves, those of others by what their
 * node says of them. Everything said is forgotten by itself: a desk that is silent for too long is
 * gone, and so are those of a node that is.
 *
 * <p>Times are {@link System#nanoTime()}.
 */
final class Desks {
  /** A desk answers each beat, every 15 s. */
  static final Duration SILENCE = Duration.ofSeconds(40);

  /** A desk says so again every 3 s for as long as keys are pressed. */
  static final Duration TYPING = Duration.ofSeconds(7);

  /** A node says where its desks are every {@link #TOLD}. */
  static final Duration LEASE = Duration.ofSeconds(6);

  static final Duration TOLD = Duration.ofSeconds(2);

  private record Said(Whereabouts where, long at) {}

  private final Map<String, Said> here = new ConcurrentHashMap<>();
  private final Map<String, Said> elsewhere = new ConcurrentHashMap<>();

  /** What a desk of this node says; null once it is closed. */
  void said(String desk, @Nullable Whereabouts where, long now) {
    if (where == null) {
      here.remove(desk);
    } else {
      here.put(desk, new Said(where, now));
    }
  }

  void toldByAnotherNode(Collection<Whereabouts> desks, Collection<String> closed, long now) {
    desks.forEach(desk -> elsewhere.put(desk.desk(), new Said(desk, now)));
    closed.forEach(elsewhere::remove);
  }

  void forgetTheSilent(long now) {
    here.values().removeIf(said -> now - said.at() > SILENCE.toNanos());
    elsewhere.values().removeIf(said -> now - said.at() > LEASE.toNanos());
  }

  Stream<Whereabouts> here(long now) {
    return here.values().stream()
        .map(said ->
            now - said.at() > TYPING.toNanos() && said.where().doing() != Doing.reading
                ? said.where().reading()
                : said.where());
  }

  Stream<Whereabouts> elsewhere() {
    return elsewhere.values().stream().map(Said::where);
  }
}
