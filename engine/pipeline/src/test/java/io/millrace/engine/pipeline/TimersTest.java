package io.millrace.engine.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.base.json.JsonObject;
import io.millrace.store.commit.Family;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TimersTest {
  @TempDir Path directory;

  @Test
  void aTimerComesBackOnceAtItsTime() {
    try (var bed = started(1)) {
      bed.send(Bed.device(1), after(5_000)).join();
      bed.time.advance(Duration.ofMillis(4_900));
      assertThat(bed.rows(Family.TIMERS)).isOne();
      assertThat(woken(bed)).isEmpty();
      bed.time.advance(Duration.ofMillis(200));
      await().until(() -> bed.rows(Family.TIMERS) == 0);
      bed.time.advance(Duration.ofMinutes(5));
      assertThat(woken(bed)).hasSize(1);
    }
  }

  @Test
  void aTimerOutlivesTheProcess() {
    try (var bed = started(1)) {
      bed.send(Bed.device(1), after(3_600_000)).join();
    }
    try (var bed = started(2)) {
      bed.time.advance(Duration.ofHours(2));
      await().until(() -> bed.rows(Family.TIMERS) == 0);
      assertThat(woken(bed)).hasSize(1);
    }
  }

  /// A look may have begun before a timer was taken out, and come to its row after.
  @Test
  void aTimerThatIsDoneWhileOthersAreLookedForDoesNotComeBack() {
    try (var bed = started(1)) {
      for (int i = 0; i < 500; i++) {
        bed.send(Bed.device(i % 7), after(100)).join();
        bed.time.advance(Duration.ofSeconds(20)); // two hundred looks while it is done
      }
      await().until(() -> bed.rows(Family.TIMERS) == 0);
      assertThat(woken(bed)).hasSize(500);
    }
  }

  @Test
  void manyTimersOfManyDevicesComeBackOnceEach() {
    try (var bed = started(1)) {
      var sent = new ArrayList<CompletableFuture<Void>>();
      for (int i = 0; i < 12_000; i++) {
        sent.add(bed.send(Bed.device(i % 50), after(i % 700)));
      }
      sent.forEach(CompletableFuture::join);
      await()
          .until(
              () -> {
                bed.time.advance(Duration.ofMillis(100));
                return bed.rows(Family.TIMERS) == 0;
              });
      assertThat(woken(bed)).hasSize(12_000);
    }
  }

  @Test
  void aTimerOnWhichTheEngineFailsIsTakenOutAndTheOthersGoOn() {
    try (var bed = started(1)) {
      var fails = JsonObject.builder().put("wakeAfter", 10).put("fail", true).build();
      bed.send(Bed.device(1), fails).join();
      bed.send(Bed.device(1), after(20)).join();
      bed.time.advance(Duration.ofMillis(200));
      await().until(() -> bed.rows(Family.TIMERS) == 0);
      assertThat(woken(bed)).hasSize(1);
    }
  }

  @Test
  void nodesThatStartThemselvesAreWokenAtTheStart() {
    try (var bed = new Bed(directory, Bed.config(), 1)) {
      bed.selfStarting.add(Bed.FRAME);
      bed.pipeline.start();
      await().until(() -> bed.kept().stream().anyMatch(row -> row.endsWith("woken {}")));
    }
  }

  private Bed started(int run) {
    var bed = new Bed(directory, Bed.config(), run);
    bed.pipeline.start();
    return bed;
  }

  private static JsonObject after(long ms) {
    return JsonObject.builder().put("wakeAfter", ms).build();
  }

  private static List<String> woken(Bed bed) {
    return bed.kept().stream().filter(row -> row.contains("woken {\"")).toList();
  }
}
