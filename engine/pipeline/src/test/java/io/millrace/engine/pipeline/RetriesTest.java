package io.millrace.engine.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.base.model.EntityId;
import io.millrace.engine.pipeline.QueueStrategy.Processing;
import io.millrace.engine.pipeline.QueueStrategy.Submit;
import io.millrace.store.commit.Family;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetriesTest {
  private static final Duration PAUSE = Duration.ofSeconds(5);

  @TempDir Path directory;

  @Test
  void aQueueThatSkipsTriesOnce() {
    try (var bed = started(1, Submit.BURST, Processing.SKIP_ALL_FAILURES, 3)) {
      bed.send(Bed.device(1), badFor(bed, 1_000, 1)).join();
      assertThat(bed.rows(Family.TIMERS)).isZero();
      assertThat(values(bed)).containsExactly(1L);
    }
  }

  @Test
  void aMessageThatFailedTakesEffectOnceWhenItIsTriedAgain() {
    try (var bed = started(1, Submit.BURST, Processing.RETRY_FAILED, 3)) {
      bed.send(Bed.device(1), badFor(bed, 8_000, 1)).join();
      assertThat(bed.kept()).as("what the failed run did is taken back").isEmpty();
      assertThat(bed.logged()).as("it came in once").hasSize(1);
      assertThat(bed.rows(Family.TIMERS)).isOne();

      bed.send(Bed.device(1), Bed.value(2)).join();
      assertThat(values(bed)).as("nobody waits in a burst").containsExactly(2L);

      passAll(bed);
      assertThat(values(bed)).containsExactlyInAnyOrder(1L, 2L);
      assertThat(bed.pipeline.deadLetters().count()).isZero();
      assertThat(bed.counters.snapshot().get("pipeline.retries")).isPositive();
      assertThat(bed.counters.snapshot()).containsEntry("pipeline.retries_waiting", 0L);
    }
  }

  @Test
  void laterMessagesOfTheOriginatorWaitInASequentialQueueAndKeepTheirOrder() {
    try (var bed = started(1, Submit.SEQUENTIAL_BY_ORIGINATOR, Processing.RETRY_ALL, 0)) {
      bed.send(Bed.device(1), badFor(bed, 12_000, 1)).join();
      for (int i = 2; i <= 5; i++) {
        bed.send(Bed.device(1), Bed.value(i)).join();
        bed.send(Bed.device(2), Bed.value(i)).join();
      }
      assertThat(values(bed)).as("of the other device alone").containsExactly(2L, 3L, 4L, 5L);
      bed.time.advance(Duration.ofSeconds(6));
      bed.send(Bed.device(1), Bed.value(6)).join();
      passAll(bed);

      assertThat(order(bed, 1)).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
    }
  }

  @Test
  void theOrderOutlivesTheProcess() {
    try (var bed = started(1, Submit.SEQUENTIAL_BY_ORIGINATOR, Processing.RETRY_FAILED, 0)) {
      bed.send(Bed.device(1), badFor(bed, 8_000, 1)).join();
      bed.send(Bed.device(1), Bed.value(2)).join();
    }
    try (var bed = started(2, Submit.SEQUENTIAL_BY_ORIGINATOR, Processing.RETRY_FAILED, 0)) {
      assertThat(bed.counters.snapshot()).containsEntry("pipeline.retries_waiting", 2L);
      bed.send(Bed.device(1), Bed.value(3)).join();
      assertThat(values(bed)).isEmpty();
      passAll(bed);
      assertThat(order(bed, 1)).containsExactly(1L, 2L, 3L);
    }
  }

  @Test
  void aMessageThatIsGivenUpIsADeadLetterThatCanBeSentAgain() {
    try (var bed = started(1, Submit.SEQUENTIAL_BY_ORIGINATOR, Processing.RETRY_FAILED, 2)) {
      bed.send(Bed.device(1), badFor(bed, 600_000, 1)).join();
      bed.send(Bed.device(1), Bed.value(2)).join();
      passAll(bed);
      assertThat(bed.pipeline.deadLetters().count()).isOne();
      assertThat(values(bed)).contains(2L);

      var letter = bed.pipeline.deadLetters().list(Bed.TENANT, 10).getFirst();
      assertThat(letter.reason())
          .isEqualTo("Queue Q gave it up after 3 tries: node: it is too early");
      assertThat(letter.attempts()).isEqualTo(3);
      assertThat(letter.call().request().get("msg").toString()).contains("\"v\":1");

      bed.time.advance(Duration.ofMinutes(11));
      int before = bed.runs.get();
      assertThat(bed.pipeline.deadLetters().resend(Bed.TENANT, letter.id())).isTrue();
      assertThat(bed.runs).hasValue(before + 1);
      assertThat(bed.pipeline.deadLetters().count()).isZero();
    }
  }

  @Test
  void aCheckpointsQueueDecidesOnWhatFailedBehindIt() {
    try (var bed = new Bed(directory, Bed.config(), 1)) {
      var patient =
          new QueueStrategy("High", Submit.BURST, Processing.RETRY_FAILED, 0, PAUSE, PAUSE);
      bed.pipeline.queues(
          new Queues() {
            @Override
            public QueueStrategy of(EntityId originator) {
              return QueueStrategy.SKIP;
            }

            @Override
            public QueueStrategy named(String name, EntityId originator) {
              return name.equals("High") ? patient : of(originator);
            }
          });
      bed.pipeline.start();
      bed.send(Bed.device(1), badFor(bed, 8_000, 1)).join();
      bed.send(Bed.device(2), badFor(bed, 8_000, 2).with("queue", new JsonString("High"))).join();
      assertThat(values(bed)).as("Main skips, High tries again").containsExactly(1L);

      passAll(bed);
      assertThat(values(bed)).containsExactlyInAnyOrder(1L, 2L);
    }
  }

  @Test
  void whatCannotWaitIsADeadLetter() {
    try (var bed = started(1, Submit.BURST, Processing.RETRY_FAILED, 0)) {
      for (int i = 0; i < 1_003; i++) {
        bed.send(Bed.device(i), badFor(bed, 3_600_000, i)).join();
      }
      assertThat(bed.rows(Family.TIMERS)).isEqualTo(1_000);
      assertThat(bed.pipeline.deadLetters().count()).isEqualTo(3);
    }
  }

  @Test
  void thePauseDoublesAsFarAsItMay() {
    var strategy =
        new QueueStrategy(
            "Q",
            Submit.BURST,
            Processing.RETRY_ALL,
            0,
            Duration.ofSeconds(3),
            Duration.ofSeconds(10));
    assertThat(List.of(1, 2, 3, 4).stream().map(strategy::pauseAfter))
        .containsExactly(
            Duration.ofSeconds(3),
            Duration.ofSeconds(6),
            Duration.ofSeconds(10),
            Duration.ofSeconds(10));
  }

  private Bed started(int run, Submit submit, Processing processing, int retries) {
    var bed = new Bed(directory, Bed.config(), run);
    bed.pipeline.queues(_ -> new QueueStrategy("Q", submit, processing, retries, PAUSE, PAUSE));
    bed.pipeline.start();
    return bed;
  }

  /// Lets time pass until nothing waits any more.
  private static void passAll(Bed bed) {
    await()
        .until(
            () -> {
              bed.time.advance(Duration.ofSeconds(1));
              return bed.rows(Family.TIMERS) == 0;
            });
  }

  private static JsonObject badFor(Bed bed, long ms, long value) {
    return JsonObject.builder().put("badUntil", bed.time.millis() + ms).put("v", value).build();
  }

  private static List<Long> values(Bed bed) {
    return bed.kept().stream().map(RetriesTest::value).toList();
  }

  /// The values of a device in the order in which they took effect.
  private static List<Long> order(Bed bed, long device) {
    return bed.order.stream()
        .filter(row -> row.startsWith(device + " "))
        .map(RetriesTest::value)
        .toList();
  }

  private static long value(String row) {
    var digits = row.substring(row.indexOf("\"v\":") + 4).replaceAll("[^0-9].*", "");
    return Long.parseLong(digits);
  }
}
