package dev.shopbell.platform.tasks;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.logging.LogLevel;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.FailureHandler;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import dev.shopbell.platform.database.Wakeups;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Runs every {@link Task} that is due, with db-scheduler. */
@Component
class TaskRunner implements SmartLifecycle {
  private static final int THREADS = 8;

  private final Scheduler scheduler;
  private final Wakeups wakeups;
  private volatile boolean running;

  TaskRunner(
      DataSource dataSource,
      List<Task> tasks,
      Wakeups wakeups,
      Clock clock,
      ObservationRegistry observations) {
    this.wakeups = wakeups;
    this.scheduler =
        Scheduler.create(dataSource, adapted(tasks, observations))
            .clock(clock::instant)
            .threads(THREADS)
            .pollUsingLockAndFetch(1, 4)
            .pollingInterval(Duration.ofSeconds(1))
            .heartbeatInterval(Duration.ofSeconds(5))
            .missedHeartbeatsLimit(4)
            .shutdownMaxWait(Duration.ofSeconds(20))
            .alwaysPersistTimestampInUTC()
            .failureLogging(LogLevel.WARN, true)
            .build();
  }

  private static List<com.github.kagkarlsson.scheduler.task.Task<?>> adapted(
      List<Task> tasks, ObservationRegistry observations) {
    return tasks.stream()
        .<com.github.kagkarlsson.scheduler.task.Task<?>>map(task -> adapted(task, observations))
        .toList();
  }

  private static CustomTask<Void> adapted(Task task, ObservationRegistry observations) {
    return Tasks.custom(task.taskName(), Void.class)
        .onFailure(
            new FailureHandler.ExponentialBackoffFailureHandler<>(Duration.ofSeconds(2), 2.0))
        .execute((instance, context) ->
            switch (run(task, Long.parseLong(instance.getId()), observations)) {
              case Task.Done.Finished() -> new CompletionHandler.OnCompleteRemove<>();
              case Task.Done.Again(var at) -> (done, operations) -> operations.reschedule(done, at);
            });
  }

  private static Task.Done run(Task task, long id, ObservationRegistry observations) {
    return Objects.requireNonNull(
        Observation.createNotStarted("shopbell.task", observations)
            .lowCardinalityKeyValue("task", task.taskName())
            .observe(() -> task.run(id)));
  }

  @Override
  public void start() {
    scheduler.start();
    running = true;
    Thread.ofVirtual()
        .name("tasks due")
        .start(() -> {
          Wakeups.Waiter waiter = wakeups.waiter(dev.shopbell.platform.tasks.Tasks.TOPIC);
          while (running) {
            try {
              waiter.await(Duration.ofSeconds(1));
              scheduler.triggerCheckForDueExecutions();
            } catch (InterruptedException e) {
              return;
            }
          }
        });
  }

  @Override
  public void stop() {
    running = false;
    scheduler.stop();
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}
