package io.millrace.base.runtime;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The [Scheduler] on the machine's clock: one daemon thread.
public final class SystemScheduler implements Scheduler, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(SystemScheduler.class);
  private final ScheduledThreadPoolExecutor executor;

  public SystemScheduler() {
    executor = new ScheduledThreadPoolExecutor(1, Threads.factory("scheduler"));
    executor.setRemoveOnCancelPolicy(true);
    executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  @Override
  public Cancel after(Duration delay, Runnable work) {
    var task = executor.schedule(guarded(work), delay.toNanos(), TimeUnit.NANOSECONDS);
    return () -> stop(task);
  }

  @Override
  public Cancel every(Duration period, Runnable work) {
    long nanos = period.toNanos();
    var task = executor.scheduleWithFixedDelay(guarded(work), nanos, nanos, TimeUnit.NANOSECONDS);
    return () -> stop(task);
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }

  private static void stop(Future<?> task) {
    task.cancel(false);
  }

  private static Runnable guarded(Runnable work) {
    return () -> {
      try {
        work.run();
      } catch (RuntimeException e) {
        log.error("Scheduled work {} failed; the schedule goes on", work, e);
      }
    };
  }
}
