package io.millrace.wire.kafka;

import io.millrace.base.config.Default;
import io.millrace.base.config.Doc;
import io.millrace.base.config.Limit;
import io.millrace.wire.schemas.RegistryConfig;
import java.time.Duration;

/// Settings under `kafka.` of what flows in and out: sources, exports, bridges.
public record FlowConfig(
    Source source, Export export, Bridge bridge, RegistryConfig registry, Node node) {

  /// Settings under `kafka.source.`.
  public record Source(
      @Doc("Sources of all tenants; each has a thread and a consumer.")
          @Default("16")
          @Limit(min = 1, max = 1_000)
          int max,
      @Doc("Records of one source that may be on their way to the store.")
          @Default("8192")
          @Limit(min = 1, max = 1 << 20)
          int inFlight,
      @Doc("Bytes of records of one source that may be on their way to the store.")
          @Default("32MB")
          @Limit(min = 1 << 20)
          long inFlightBytes,
      @Doc("Records taken from Kafka at a time.") @Default("2000") @Limit(min = 1, max = 100_000)
          int pollRecords,
      @Doc("How often new topics and partitions are looked for.") @Default("5s")
          Duration topicInterval,
      @Doc("How often a source writes down how far it has come; more is redone after a crash.")
          @Default("500ms")
          Duration placeInterval,
      @Doc("Wait before records that could not be stored are tried again.") @Default("1s")
          Duration retryDelay) {}

  /// Settings under `kafka.export.`.
  public record Export(
      @Doc("Exports of all tenants.") @Default("16") @Limit(min = 1, max = 1_000) int max,
      @Doc("Records of one export that may wait for Kafka; beyond it the oldest go.")
          @Default("10000000")
          @Limit(min = 1_000)
          long waiting,
      @Doc("Records in one Kafka transaction.") @Default("10000") @Limit(min = 1, max = 1 << 20)
          int batch,
      @Doc("Longest wait for more records before a smaller transaction is sent.") @Default("50ms")
          Duration linger) {}

  /// Settings under `kafka.bridge.`.
  public record Bridge(
      @Doc("Bridges of all tenants.") @Default("16") @Limit(min = 1, max = 1_000) int max,
      @Doc(
              "MQTT messages that may wait for Kafka's acknowledgement; beyond it QoS 0 is dropped"
                  + " and QoS 1 and 2 are refused.")
          @Default("10000")
          @Limit(min = 1)
          int inFlight) {}

  /// Settings under `kafka.node.`.
  public record Node(
      @Doc("Producers of rule nodes to other addresses than our own Kafka's.")
          @Default("8")
          @Limit(min = 1, max = 100)
          int producers) {}
}
