package dev.shopbell.platform.tasks;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.exceptions.ExecutionException;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceCurrentlyExecutingException;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import dev.shopbell.platform.database.Wakeups;
import java.time.Instant;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Stages tasks in the caller's transaction. */
@Component
public class Tasks {
  static final String TOPIC = "task";

  private final SchedulerClient client;
  private final Wakeups wakeups;

  Tasks(DataSource dataSource, Wakeups wakeups) {
    this.client =
        SchedulerClient.Builder.create(new TransactionAwareDataSourceProxy(dataSource)).build();
    this.wakeups = wakeups;
  }

  /** Stages the task for that row; one already staged for it is moved to the new time. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void schedule(Class<? extends Task> task, long id, Instant at) {
    client.schedule(
        new TaskInstance<>(task.getSimpleName(), Long.toString(id)),
        at,
        SchedulerClient.ScheduleOptions.WHEN_EXISTS_RESCHEDULE);
    wakeups.afterCommit(TOPIC);
  }

  /**
   * The same where it is enough that it has just begun: one that runs at this moment is left alone.
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public void scheduleUnlessRunning(Class<? extends Task> task, long id, Instant at) {
    try {
      schedule(task, id, at);
    } catch (TaskInstanceCurrentlyExecutingException | ExecutionException e) {
      // It was running when we looked, or has begun since: what it does is what was wanted.
    }
  }
}
