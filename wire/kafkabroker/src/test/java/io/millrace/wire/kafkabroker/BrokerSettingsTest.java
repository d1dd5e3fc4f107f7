package io.millrace.wire.kafkabroker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class BrokerSettingsTest {
  @Test
  void metadataAndDataAreApartAndAddressesOfVersion6AreBracketed() {
    var settings =
        BrokerSettings.of(
            new BrokerOptions(
                Path.of("/k"),
                "::1",
                9092,
                "::1",
                4_096,
                Duration.ofHours(1),
                5,
                true,
                Duration.ZERO),
            9092,
            1);
    assertThat(settings)
        .containsEntry("listeners", "PLAINTEXT://[::1]:9092,CONTROLLER://127.0.0.1:1")
        .containsEntry("advertised.listeners", "PLAINTEXT://[::1]:9092")
        .containsEntry("log.dirs", "/k/data")
        .containsEntry("metadata.log.dir", "/k/metadata")
        .containsEntry("message.max.bytes", "4096")
        .containsEntry("log.retention.ms", "3600000")
        .containsEntry("log.flush.interval.messages", "1");
  }
}
