package dev.shopbell.channels.email;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Stores mail for senders that wait for their acknowledgement: while one commit is under way, the
 * mails that arrive meanwhile gather for the next, so that a crowd of senders shares commits and a
 * single one waits for none.
 */
@Component
class MailStoreQueue implements SmartLifecycle {
  private static final int MOST_PER_COMMIT = 64;
  private static final int LONGEST_WAIT_SECONDS = 60;

  private final StoredMails mails;
  private final BlockingQueue<Waiting> queue = new LinkedBlockingQueue<>();
  private volatile boolean running;

  MailStoreQueue(StoredMails mails) {
    this.mails = mails;
  }

  private record Waiting(List<StoredMail> mails, CompletableFuture<Void> stored) {}

  /**
   * Returns once all of them are durable, in one commit.
   *
   * @throws ExecutionException if they could not be stored
   */
  void store(List<StoredMail> parts) throws ExecutionException, InterruptedException {
    if (!running) {
      throw new ExecutionException(new IllegalStateException("stopping"));
    }
    CompletableFuture<Void> stored = new CompletableFuture<>();
    queue.add(new Waiting(parts, stored));
    try {
      stored.get(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new ExecutionException(e);
    }
  }

  private void run() {
    while (running || !queue.isEmpty()) {
      try {
        Waiting first = queue.poll(500, TimeUnit.MILLISECONDS);
        if (first != null) {
          List<Waiting> batch = new ArrayList<>(List.of(first));
          queue.drainTo(batch, MOST_PER_COMMIT - 1);
          commit(batch);
        }
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void commit(List<Waiting> batch) {
    try {
      mails.insert(batch.stream().flatMap(waiting -> waiting.mails().stream()).toList());
      batch.forEach(waiting -> waiting.stored().complete(null));
    } catch (RuntimeException e) {
      if (batch.size() == 1) {
        batch.getFirst().stored().completeExceptionally(e);
      } else {
        // One that cannot be stored must not refuse the others.
        batch.forEach(waiting -> commit(List.of(waiting)));
      }
    }
  }

  @Override
  public void start() {
    running = true;
    Thread.ofPlatform().name("mail store").daemon().start(this::run);
  }

  @Override
  public void stop() {
    running = false;
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  @Override
  public int getPhase() {
    return 900;
  }
}
