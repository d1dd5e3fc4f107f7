package io.millrace.app;

import io.millrace.base.runtime.Scheduler;
import io.millrace.base.runtime.Threads;
import io.millrace.store.timeseries.Retention;
import io.millrace.store.timeseries.StorageStatus;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks after the disk from time to time, on a thread of its own, and remembers what it saw.
final class StorageKeeper implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(StorageKeeper.class);
  private final Retention retention;
  private final Scheduler.Cancel timer;
  private final AtomicBoolean isBusy = new AtomicBoolean();
  private final ExecutorService worker =
      Executors.newSingleThreadExecutor(Threads.factory("retention"));
  private volatile @Nullable StorageStatus status;

  StorageKeeper(Retention retention, Scheduler scheduler, Duration interval) {
    this.retention = retention;
    timer = scheduler.every(interval, this::look);
    look();
  }

  /// As of the last look; empty before the first.
  Optional<StorageStatus> status() {
    return Optional.ofNullable(status);
  }

  private void look() {
    if (isBusy.compareAndSet(false, true)) {
      try {
        worker.execute(this::lookNow);
      } catch (RejectedExecutionException closing) {
        isBusy.set(false);
      }
    }
  }

  private void lookNow() {
    try {
      retention.sweep();
      status = retention.status();
    } catch (RuntimeException e) {
      log.warn("Old telemetry could not be looked for: {}", e.getMessage(), e);
    } finally {
      isBusy.set(false);
    }
  }

  /// Waits for a look that is under way: the store closes next.
  @Override
  public void close() {
    timer.cancel();
    worker.close();
  }
}
