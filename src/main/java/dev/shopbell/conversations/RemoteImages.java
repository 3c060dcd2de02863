package dev.shopbell.conversations;

import dev.shopbell.platform.SecretKey;
import dev.shopbell.platform.html.HeldBackImages;
import dev.shopbell.platform.outgoing.GuardedHttp;
import dev.shopbell.platform.web.Problem;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Fetches the pictures that mails point to, in place of the agent who looks. The sender's server
 * sees one request from us, without anything that tells who reads, and later readers none.
 */
@Service
class RemoteImages {
  private static final int MOST_BYTES = 5_000_000;
  private static final long MOST_KEPT_BYTES = 256_000_000;
  private static final Duration KEPT = Duration.ofDays(30);
  private static final Duration TRIED_AGAIN_AFTER = Duration.ofMinutes(10);
  private static final GuardedHttp.Limits LIMITS =
      new GuardedHttp.Limits(Duration.ofSeconds(5), Duration.ofSeconds(10), MOST_BYTES);

  /** Longer than any fetch: what is claimed for longer belongs to a node that died. */
  private static final Duration CLAIM = Duration.ofSeconds(20);

  private static final Map<String, String> HEADERS =
      Map.of("Accept", "image/avif,image/webp,image/png,image/jpeg,image/gif");

  /** Each holds a whole picture in memory. */
  private static final int MOST_AT_ONCE = 8;

  private final RemoteImageStore store;
  private final GuardedHttp http;
  private final Clock clock;
  private final Semaphore free = new Semaphore(MOST_AT_ONCE);

  RemoteImages(RemoteImageStore store, GuardedHttp http, Clock clock) {
    this.store = store;
    this.http = http;
    this.clock = clock;
  }

  /**
   * A picture that stands in a message; none else is ever fetched.
   *
   * @param place as {@link HeldBackImages#of} counts, from 0
   * @throws Problem if there is none, or none that can be shown, with the reason
   */
  RemoteImageStore.Fetched.Picture read(long messageId, int place) {
    String html =
        store
            .html(messageId)
            .orElseThrow(() -> Problem.notFound("There is no message " + messageId + "."));
    List<HeldBackImages.Image> images = HeldBackImages.of(html);
    if (place < 0 || place >= images.size()) {
      throw Problem.notFound("The message has no remote picture " + place + ".");
    }
    HeldBackImages.Image image = images.get(place);
    if (image.tracks()) {
      throw Problem.notFound("It only reports who reads the mail, so it is not fetched.");
    }
    return switch (fetched(image.url())) {
      case RemoteImageStore.Fetched.Picture picture -> picture;
      case RemoteImageStore.Fetched.Nothing nothing -> throw Problem.notFound(nothing.words());
    };
  }

  private RemoteImageStore.Fetched fetched(String url) {
    String key = SecretKey.fingerprint(url);
    Instant patience = clock.instant().plus(CLAIM);
    while (clock.instant().isBefore(patience)) {
      Optional<RemoteImageStore.Fetched> kept =
          store.find(key, clock.instant().minus(TRIED_AGAIN_AFTER));
      if (kept.isPresent()) {
        return kept.get();
      }
      if (!fetchedHere(key, url) && !paused()) {
        break;
      }
    }
    return new RemoteImageStore.Fetched.Nothing("It took too long.");
  }

  /** False while somebody else fetches it, or enough others are being fetched. */
  private boolean fetchedHere(String key, String url) {
    if (!free.tryAcquire()) {
      return false;
    }
    try {
      Instant now = clock.instant();
      if (!store.claim(key, now, CLAIM, now.minus(TRIED_AGAIN_AFTER))) {
        return false;
      }
      store.keep(key, fetch(url), clock.instant());
      return true;
    } finally {
      free.release();
    }
  }

  /** False when we are being stopped. */
  private static boolean paused() {
    try {
      Thread.sleep(100);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private RemoteImageStore.Fetched fetch(String url) {
    return switch (http.send(GuardedHttp.Call.get(url, HEADERS), LIMITS)) {
      case GuardedHttp.Outcome.Answered answered -> checked(answered);
      case GuardedHttp.Outcome.Refused refused ->
          new RemoteImageStore.Fetched.Nothing(refused.words());
      case GuardedHttp.Outcome.Failed failed ->
          new RemoteImageStore.Fetched.Nothing(failed.words());
    };
  }

  private static RemoteImageStore.Fetched checked(GuardedHttp.Outcome.Answered answered) {
    if (answered.status() != 200) {
      return new RemoteImageStore.Fetched.Nothing(
          answered.status() == 404 || answered.status() == 410
              ? "It is no longer there."
              : "Its server did not give it out (" + answered.status() + ").");
    }
    RasterImage image = RasterImage.read(answered.body());
    if (image == null) {
      return new RemoteImageStore.Fetched.Nothing(
          "What stands there is not a picture of a known kind.");
    }
    return image.isBounded()
        ? new RemoteImageStore.Fetched.Picture(image.contentType(), answered.body())
        : new RemoteImageStore.Fetched.Nothing("Its sides are too long to be shown.");
  }

  @Scheduled(fixedDelay = 3_600_000)
  @Transactional
  void forget() {
    store.forget(clock.instant().minus(KEPT), MOST_KEPT_BYTES);
  }
}
