package io.millrace.engine.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.millrace.base.json.JsonBoolean;
import io.millrace.base.json.JsonObject;
import io.millrace.base.runtime.Refusal;
import io.millrace.store.commit.Family;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PipelineTest {
  private static final JsonObject FAIL = JsonObject.of("fail", JsonBoolean.TRUE);
  @TempDir Path directory;

  @Test
  void anAcknowledgedMessageIsInTheStore() {
    try (var bed = new Bed(directory, Bed.config(), 1)) {
      bed.pipeline.start();
      bed.send(Bed.device(1), Bed.value(5)).join();
      assertThat(bed.kept()).containsExactly("1 1767225600000 {\"v\":5}");
    }
  }

  @Test
  void messagesOfOneDeviceInOneMillisecondGetDifferentTimes() {
    try (var bed = new Bed(directory, Bed.config(), 1)) {
      bed.pipeline.start();
      var sent = new ArrayList<CompletableFuture<Void>>();
      for (int i = 0; i < 1_000; i++) {
        sent.add(bed.send(Bed.device(1), Bed.value(i)));
      }
      sent.forEach(CompletableFuture::join);
      var expected = new ArrayList<String>();
      for (int i = 0; i < 1_000; i++) {
        expected.add("1 " + (1767225600000L + i) + " {\"v\":" + i + "}");
      }
      assertThat(bed.kept()).isEqualTo(expected);
    }
  }

  @Test
  void timesGoOnIncreasingAfterARestart() {
    try (var bed = new Bed(directory, Bed.config(), 1)) {
      bed.pipeline.start();
      for (int i = 0; i < 500; i++) {
        bed.send(Bed.device(1), Bed.value(i)).join();
      }
    }
    try (var bed = new Bed(directory, Bed.config(), 2)) { // its clock starts where the first did
      bed.pipeline.start();
      bed.send(Bed.device(1), Bed.value(500)).join();
      assertThat(bed.kept()).hasSize(501).last().isEqualTo("1 1767225600500 {\"v\":500}");
    }
  }

  @Test
  void aMessageThatFailsIsRefusedAlone() {
    try (var bed = new Bed(directory, Bed.config(), 1)) {
      var good = new ArrayList<CompletableFuture<Void>>();
      var bad = new ArrayList<CompletableFuture<Void>>();
      for (int i = 0; i < 100; i++) { // queued before the start: all in one batch per partition
        good.add(bed.send(Bed.device(i), Bed.value(i)));
        bad.add(bed.send(Bed.device(i), FAIL));
      }
      bed.pipeline.start();
      good.forEach(CompletableFuture::join);
      for (var refused : bad) {
        assertThatThrownBy(refused::join)
            .hasCauseInstanceOf(RefusedException.class)
            .hasMessageContaining("asked to fail");
      }
      assertThat(bed.kept()).hasSize(100).noneMatch(text -> text.contains("fail"));
      assertThat(bed.counters.snapshot()).containsEntry("pipeline.failed", 100L);
    }
  }

  @Test
  void aFullQueueAsksSendersToWaitAndThenRefuses() {
    try (var bed = new Bed(directory, Bed.config(64, 10, 10), 1)) {
      var ingest = bed.pipeline.ingest();
      var resumed = new AtomicInteger();
      var sent = new ArrayList<CompletableFuture<Void>>();
      sent.add(bed.send(Bed.device(1), Bed.value(0)));
      assertThat(ingest.isWritable()).isTrue();
      for (int i = 1; i < 64; i++) {
        sent.add(bed.send(Bed.device(1), Bed.value(i)));
      }
      assertThat(ingest.isWritable()).isFalse();
      ingest.onWritable(resumed::incrementAndGet);
      var over = bed.send(Bed.device(1), Bed.value(64));
      assertThatThrownBy(over::join)
          .hasMessageContaining("pipeline.queueMessages=64")
          .extracting(e -> ((RefusedException) e.getCause()).refusal().kind())
          .isEqualTo(Refusal.Kind.OVER_LIMIT);
      assertThat(resumed).hasValue(0);
      bed.pipeline.start();
      sent.forEach(CompletableFuture::join);
      await().until(() -> resumed.get() == 1);
      assertThat(ingest.isWritable()).isTrue();
      assertThat(bed.kept()).hasSize(64);
    }
  }

  @Test
  void aQueueIsBoundedInBytesToo() {
    var small = Bed.config();
    var config =
        new Config(1, small.queueMessages(), 1 << 20, 1_024, 4 << 20, 1_000, small.outgoing());
    try (var bed = new Bed(directory, config, 1)) {
      var big = JsonObject.builder().put("text", "x".repeat(100_000)).build();
      var sent = new ArrayList<CompletableFuture<Void>>();
      for (int i = 0; i < 20; i++) {
        sent.add(bed.send(Bed.device(1), big));
      }
      assertThat(sent).filteredOn(CompletableFuture::isCompletedExceptionally).hasSize(9);
    }
  }

  @Test
  void executedWorkSeesItsOwnPartitionAndItsFaultIsItsOwn() {
    try (var bed = new Bed(directory, Bed.config(), 1)) {
      bed.pipeline.start();
      var ingest = bed.pipeline.ingest();
      var threads = new ArrayList<String>();
      for (int i = 0; i < 3; i++) {
        threads.add(ingest.execute(Bed.device(1), _ -> Thread.currentThread().getName()).join());
      }
      assertThat(threads).containsOnly(threads.getFirst());
      var failed =
          ingest.<String>execute(
              Bed.device(1),
              batch -> {
                batch.commit().put(Family.META, new byte[] {1}, new byte[0]);
                throw new IllegalArgumentException("no");
              });
      assertThatThrownBy(failed::join)
          .isInstanceOf(CompletionException.class)
          .hasMessageEndingWith("no");
      assertThat(bed.store.get(Family.META, new byte[] {1})).isNull();
    }
  }

  @Test
  void executedWorkDoesNotWaitBehindAFullQueue() throws Exception {
    try (var bed = new Bed(directory, Bed.config(), 1)) {
      for (int i = 0; i < 5_000; i++) {
        bed.send(Bed.device(1), Bed.value(i));
      }
      var queuedAtRun =
          bed.pipeline
              .ingest()
              .execute(
                  Bed.device(1), _ -> bed.counters.snapshot().getOrDefault("pipeline.queued", 0L));
      bed.pipeline.start();
      assertThat(queuedAtRun.join()).isGreaterThan(4_000);
    }
  }

  @Test
  void closingWorksOffWhatIsQueued() {
    var sent = new ArrayList<CompletableFuture<Void>>();
    try (var bed = new Bed(directory, Bed.config(), 1)) {
      bed.pipeline.start();
      for (int i = 0; i < 3_000; i++) {
        sent.add(bed.send(Bed.device(i), Bed.value(i)));
      }
      bed.pipeline.close();
      assertThat(sent).allMatch(one -> one.isDone() && !one.isCompletedExceptionally());
      var late = bed.send(Bed.device(1), Bed.value(1));
      assertThatThrownBy(late::join).hasMessageContaining("stopping");
      assertThat(bed.kept()).hasSize(3_000);
    }
  }

  @Test
  void rowsOfOnePostAreStoredTogetherAndAcknowledgedOnce() {
    try (var bed = new Bed(directory, Bed.config(), 1)) {
      bed.pipeline.start();
      var acked = new Bed.Acked();
      bed.pipeline
          .ingest()
          .telemetry(
              Bed.TENANT,
              Bed.device(1),
              JsonObject.EMPTY,
              List.of(
                  new TelemetryRow(10, Bed.value(1)),
                  new TelemetryRow(20, Bed.value(2)),
                  TelemetryRow.unstamped(FAIL)),
              acked);
      assertThatThrownBy(acked.future::join).hasMessageContaining("nothing of it is stored");
      assertThat(bed.kept()).isEmpty();
    }
  }

  @Test
  void manySendersAtOnceLoseNothing() throws Exception {
    try (var bed = new Bed(directory, Bed.config(256, 10, 10), 1)) {
      bed.pipeline.start();
      var acked = new AtomicInteger();
      var refused = new AtomicInteger();
      var ready = new CountDownLatch(4);
      var threads = new ArrayList<Thread>();
      for (int t = 0; t < 4; t++) {
        int sender = t;
        threads.add(
            Thread.ofPlatform()
                .start(
                    () -> {
                      for (int i = 0; i < 5_000; i++) {
                        bed.send(Bed.device(sender), Bed.value(i))
                            .whenComplete(
                                (_, e) -> (e == null ? acked : refused).incrementAndGet());
                      }
                      ready.countDown();
                    }));
      }
      ready.await();
      await().atMost(Duration.ofSeconds(30)).until(() -> acked.get() + refused.get() == 20_000);
      assertThat(bed.kept()).hasSize(acked.get());
      assertThat(bed.counters.snapshot()).containsEntry("pipeline.refused", (long) refused.get());
    }
  }
}
