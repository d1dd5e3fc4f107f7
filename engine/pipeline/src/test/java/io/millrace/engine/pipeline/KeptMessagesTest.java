package io.millrace.engine.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.base.json.JsonBoolean;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.store.messages.LoggedMessage;
import io.millrace.store.messages.MessageLog;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What comes in is in the message log once it is acknowledged, and only then.
class KeptMessagesTest {
  @TempDir Path directory;

  @Test
  void anAcknowledgedMessageIsInTheLogAsItCameIn() {
    try (var bed = new Bed(directory, Bed.config(), 1)) {
      bed.pipeline.start();
      bed.send(Bed.device(1), Bed.value(41)).join();
      assertThat(bed.logged())
          .singleElement()
          .satisfies(
              message -> {
                assertThat(message.type()).isEqualTo("POST_TELEMETRY_REQUEST");
                assertThat(message.originator()).isEqualTo(Bed.device(1));
                assertThat(message.body()).isEqualTo(Bed.value(41));
                assertThat(message.ts()).isEqualTo(bed.time.millis());
                assertThat(message.metadata().get("ts"))
                    .isEqualTo(new JsonString(Long.toString(message.ts())));
              });
    }
  }

  @Test
  void oneThatFailedIsNotAndItsNeighboursAre() {
    try (var bed = new Bed(directory, Bed.config(), 1)) {
      var sent =
          IntStream.range(0, 50)
              .mapToObj(i -> bed.send(Bed.device(1), i % 10 == 3 ? failing() : Bed.value(i)))
              .toList();
      bed.pipeline.start(); // they form one batch
      assertThatThrownBy(sent.get(3)::join).hasCauseInstanceOf(RefusedException.class);
      CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new))
          .exceptionally(_ -> null)
          .join();
      assertThat(bed.logged())
          .extracting(LoggedMessage::body)
          .containsExactlyElementsOf(
              IntStream.range(0, 50).filter(i -> i % 10 != 3).mapToObj(Bed::value).toList());
    }
  }

  @Test
  void aDevicesMessagesAreFoundByTheDevice() {
    try (var bed = new Bed(directory, Bed.config(), 1)) {
      bed.pipeline.start();
      for (int i = 0; i < 20; i++) {
        bed.send(Bed.device(i % 4), Bed.value(i)).join();
      }
      long now = bed.time.millis();
      var query = new MessageLog.Query(Bed.TENANT, Bed.device(2), 0, now + 1, 3);
      assertThat(bed.log.messages(query))
          .extracting(LoggedMessage::body)
          .containsExactly(Bed.value(18), Bed.value(14), Bed.value(10));
    }
  }

  private static JsonObject failing() {
    return JsonObject.of("fail", JsonBoolean.TRUE);
  }
}
