package io.millrace.engine.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.base.json.JsonBoolean;
import io.millrace.base.json.JsonObject;
import io.millrace.base.runtime.Refusal;
import io.millrace.store.commit.Family;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AlongTest {
  @TempDir Path directory;

  @Test
  void whatComesAlongIsDurableWithTheMessage() {
    try (var bed = new Bed(directory, Bed.config(), 1)) {
      bed.pipeline.start();
      send(bed, Bed.value(1), put("7")).join();
      assertThat(bed.kept()).hasSize(1);
      assertThat(bed.rows(Family.KAFKA)).isEqualTo(1);
    }
  }

  @Test
  void whatComesAlongWithAMessageThatFailsIsNotStored() {
    try (var bed = new Bed(directory, Bed.config(), 1)) {
      bed.pipeline.start();
      var failed = send(bed, JsonObject.of("fail", JsonBoolean.TRUE), put("7"));
      assertThatThrownBy(failed::join).hasCauseInstanceOf(RefusedException.class);
      assertThat(bed.rows(Family.KAFKA)).isZero();
    }
  }

  @Test
  void itCanRefuseTheMessage() {
    var refusal = new Refusal(Refusal.Kind.UNAVAILABLE, "Not now");
    try (var bed = new Bed(directory, Bed.config(), 1)) {
      bed.pipeline.start();
      var refused =
          send(
              bed,
              Bed.value(1),
              _ -> {
                throw new RefusedException(refusal);
              });
      assertThatThrownBy(refused::join).hasMessageContaining("Not now");
      assertThat(bed.kept()).isEmpty();
    }
  }

  @Test
  void theWitnessAddsToTheSameCommit() {
    try (var bed = new Bed(directory, Bed.config(), 1)) {
      var seen = new ArrayList<String>();
      bed.pipeline.witness(
          (_, message, commit) -> {
            seen.add(message.type());
            put(message.id().toString()).into(commit);
          });
      bed.pipeline.start();
      bed.send(Bed.device(1), Bed.value(1)).join();
      assertThat(seen).containsExactly("POST_TELEMETRY_REQUEST");
      assertThat(bed.rows(Family.KAFKA)).isEqualTo(1);
    }
  }

  private static CompletableFuture<Void> send(Bed bed, JsonObject values, Along along) {
    var acked = new Bed.Acked();
    bed.pipeline
        .ingest()
        .telemetry(
            Bed.TENANT,
            Bed.device(1),
            JsonObject.EMPTY,
            List.of(TelemetryRow.unstamped(values)),
            along,
            acked);
    return acked.future;
  }

  private static Along put(String key) {
    var bytes = key.getBytes(StandardCharsets.UTF_8);
    return commit -> commit.put(Family.KAFKA, bytes, bytes);
  }
}
