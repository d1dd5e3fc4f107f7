package io.millrace.wire.kafkabroker;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/// Kafka's `server.properties` for one small node: broker and controller together.
final class BrokerSettings {
  private BrokerSettings() {}

  static Map<String, String> of(BrokerOptions options, int port, int controllerPort) {
    Map<String, String> settings = new LinkedHashMap<>(TUNED);
    var host = bracketed(options.host());
    settings.put(
        "listeners",
        "PLAINTEXT://%s:%d,CONTROLLER://127.0.0.1:%d".formatted(host, port, controllerPort));
    settings.put(
        "advertised.listeners",
        "PLAINTEXT://%s:%d".formatted(bracketed(options.advertisedHost()), port));
    settings.put("controller.quorum.voters", "1@127.0.0.1:" + controllerPort);
    settings.put("log.dirs", data(options.directory()).toString());
    settings.put("metadata.log.dir", metadata(options.directory()).toString());
    settings.put("message.max.bytes", Integer.toString(options.recordBytesMax()));
    settings.put("replica.fetch.max.bytes", Integer.toString(options.recordBytesMax()));
    settings.put("log.retention.ms", Long.toString(options.retention().toMillis()));
    settings.put("log.retention.bytes", Long.toString(options.retentionBytes()));
    if (options.flushEach()) {
      settings.put("log.flush.interval.messages", "1");
    }
    return settings;
  }

  static Path data(Path directory) {
    return directory.resolve("data");
  }

  /// Apart from the data: only then does Kafka lock its metadata before it writes to them.
  static Path metadata(Path directory) {
    return directory.resolve("metadata");
  }

  static String bracketed(String host) {
    return host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
  }

  private static final Map<String, String> TUNED =
      Map.ofEntries(
          Map.entry("process.roles", "broker,controller"),
          Map.entry("node.id", "1"),
          Map.entry("controller.listener.names", "CONTROLLER"),
          Map.entry("inter.broker.listener.name", "PLAINTEXT"),
          Map.entry("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT"),
          // one node holds the only copy of everything
          Map.entry("default.replication.factor", "1"),
          Map.entry("min.insync.replicas", "1"),
          Map.entry("offsets.topic.replication.factor", "1"),
          Map.entry("transaction.state.log.replication.factor", "1"),
          Map.entry("transaction.state.log.min.isr", "1"),
          Map.entry("share.coordinator.state.topic.replication.factor", "1"),
          Map.entry("share.coordinator.state.topic.min.isr", "1"),
          // old clients and the course expect it
          Map.entry("auto.create.topics.enable", "true"),
          Map.entry("num.partitions", "1"),
          // few files and threads: 4 internal partitions instead of 50
          Map.entry("offsets.topic.num.partitions", "4"),
          Map.entry("transaction.state.log.num.partitions", "4"),
          Map.entry("share.coordinator.state.topic.num.partitions", "4"),
          Map.entry("num.network.threads", "1"),
          Map.entry("num.io.threads", "2"),
          Map.entry("num.replica.fetchers", "1"),
          Map.entry("num.recovery.threads.per.data.dir", "1"),
          Map.entry("group.coordinator.threads", "1"),
          Map.entry("share.coordinator.threads", "1"),
          Map.entry("background.threads", "1"),
          // 2 MiB instead of 128 MiB of heap
          Map.entry("log.cleaner.dedupe.buffer.size", "2097152"),
          Map.entry("log.cleaner.io.buffer.size", "131072"),
          Map.entry("log.segment.bytes", "67108864"),
          Map.entry("log.index.size.max.bytes", "1048576"),
          Map.entry("metadata.max.idle.interval.ms", "10000"), // idle CPU
          Map.entry("metadata.log.segment.bytes", "16777216"),
          Map.entry("metadata.max.retention.bytes", "33554432"),
          Map.entry("metric.reporters", ""),
          // a first consumer gets data at once; a crashed one is noticed after 6 s, not 45
          Map.entry("group.initial.rebalance.delay.ms", "0"),
          Map.entry("group.consumer.min.session.timeout.ms", "5000"),
          Map.entry("group.consumer.session.timeout.ms", "6000"),
          Map.entry("group.consumer.min.heartbeat.interval.ms", "500"),
          Map.entry("group.consumer.heartbeat.interval.ms", "500"),
          // after a kill the controller waits for the dead registration to run out
          Map.entry("broker.session.timeout.ms", "3000"),
          Map.entry("broker.heartbeat.interval.ms", "500"),
          // a device whose clock is ahead is no reason to refuse its record
          Map.entry("log.message.timestamp.after.max.ms", Long.toString(Long.MAX_VALUE)));
}
