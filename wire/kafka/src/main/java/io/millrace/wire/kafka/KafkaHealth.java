package io.millrace.wire.kafka;

import java.util.List;

/// How Kafka does, as far as we know.
///
/// @param bootstrapServers `host:port,…` for clients to dial; empty while unknown
/// @param clusterId empty while unknown
/// @param error what is wrong and the cure; empty when nothing is
/// @param sinceMs when the state was entered, milliseconds since 1970
public record KafkaHealth(
    State state,
    Mode mode,
    String bootstrapServers,
    String clusterId,
    List<Broker> brokers,
    String error,
    long sinceMs) {

  /// What one can do with it.
  public enum State {
    /// No Kafka was asked for.
    OFF,
    /// Not there yet; nothing is known to be wrong.
    STARTING,
    UP,
    /// It does not answer now; tried again and again.
    DOWN,
    /// The broker inside this process met a fault that only a new start cures.
    FAILED
  }

  /// Where the broker runs; users of the door need not care.
  public enum Mode {
    OFF,
    EMBEDDED,
    CLUSTER
  }

  /// One of the cluster's brokers.
  public record Broker(int id, String host, int port) {}

  public KafkaHealth {
    brokers = List.copyOf(brokers);
  }

  public boolean isUp() {
    return state == State.UP;
  }

  static KafkaHealth initial(Mode mode, String bootstrapServers, long nowMs) {
    var state = mode == Mode.OFF ? State.OFF : State.STARTING;
    return new KafkaHealth(state, mode, bootstrapServers, "", List.of(), "", nowMs);
  }

  KafkaHealth up(String servers, String cluster, List<Broker> found, long nowMs) {
    long since = state == State.UP ? sinceMs : nowMs;
    return new KafkaHealth(State.UP, mode, servers, cluster, found, "", since);
  }

  KafkaHealth troubled(State now, String why, long nowMs) {
    long since = state == now ? sinceMs : nowMs;
    return new KafkaHealth(now, mode, bootstrapServers, clusterId, brokers, why, since);
  }
}
