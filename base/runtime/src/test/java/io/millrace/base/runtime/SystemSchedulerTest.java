package io.millrace.base.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SystemSchedulerTest {
  @Test
  void workRunsOnceAfterItsDelay() throws InterruptedException {
    try (var scheduler = new SystemScheduler()) {
      var ran = new CountDownLatch(1);
      scheduler.after(Duration.ofMillis(1), ran::countDown);
      assertThat(ran.await(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void repeatedWorkGoesOnAfterAFaultAndEndsWhenCancelled() {
    try (var scheduler = new SystemScheduler()) {
      var runs = new AtomicInteger();
      var cancel =
          scheduler.every(
              Duration.ofMillis(1),
              () -> {
                if (runs.incrementAndGet() == 1) {
                  throw new IllegalStateException("the first run fails, as this test wants");
                }
              });
      await().until(() -> runs.get() >= 3);
      cancel.cancel();
      var marker = new AtomicInteger();
      scheduler.after(Duration.ofMillis(20), marker::incrementAndGet);
      int atCancel = runs.get();
      await().until(() -> marker.get() == 1);
      assertThat(runs.get()).isLessThanOrEqualTo(atCancel + 1);
    }
  }
}
