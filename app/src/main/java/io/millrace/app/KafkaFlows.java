package io.millrace.app;

import io.millrace.wire.kafka.KafkaConnection;
import io.millrace.wire.kafka.KafkaFlow;
import java.util.Base64;

/// Puts together what flows between Kafka and the engine.
final class KafkaFlows {
  private static final int TOKEN_BYTES = 15; // 20 characters, as ThingsBoard's

  private KafkaFlows() {}

  static KafkaFlow open(
      MillraceConfig config, World world, Stores stores, Engine engine, KafkaConnection kafka) {
    return KafkaFlow.open(
        config.kafkaFlow(),
        new KafkaFlow.Parts(
            kafka,
            stores.commits(),
            stores.entities(),
            stores.timeseries(),
            engine.alarms(),
            engine.pipeline(),
            () -> Base64.getUrlEncoder().withoutPadding().encodeToString(world.secret(TOKEN_BYTES)),
            world.clock(),
            world.counters()));
  }
}
