package dev.shopbell.channels.email;

import dev.shopbell.conversations.Channel;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * One attempt to hand a mail over, with an end: a server that says one byte a second never runs
 * into a timeout of reading, and would keep one of the few that deliver for ever.
 */
final class TimedSending {
  /** As long as RFC 5321, section 4.5.3.2.6, has a sender wait for the last answer alone. */
  static final Duration LONGEST = Duration.ofMinutes(10);

  private TimedSending() {}

  /**
   * @param server as it is shown
   */
  static Channel.Delivery within(
      Duration longest, String server, Supplier<Channel.Delivery> attempt) {
    FutureTask<Channel.Delivery> sending = new FutureTask<>(attempt::get);
    // Interrupting a virtual thread closes the socket that it reads from or writes to.
    Thread.ofVirtual().name("sending").start(sending);
    try {
      return sending.get(longest.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return new Channel.Delivery.Deferred(
          "The mail server "
              + server
              + " took longer than "
              + longest.toMinutes()
              + " minutes; it may have taken the mail nevertheless.");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Channel.Delivery.Deferred("Shopbell is stopping.");
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
    } finally {
      sending.cancel(true);
    }
  }
}
