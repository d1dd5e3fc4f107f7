package io.millrace.bench;

import java.util.List;

/// A shape of MQTT load.
///
/// @param pairs true: publisher n publishes to subscriber n; false: all to one topic
/// @param isDurable true: subscribers have sessions that outlive their connections
/// @param group a shared subscription's name, or empty
record LoadScenario(
    String name,
    int publishers,
    int subscribers,
    int qos,
    int window,
    boolean pairs,
    boolean isDurable,
    String group) {

  /// The loads of the broker issue.
  static List<LoadScenario> standard() {
    return List.of(
        of("publish only, QoS 0", 50, 0, 0, 20, false),
        of("publish only, QoS 1", 50, 0, 1, 20, false),
        of("publish only, QoS 2", 50, 0, 2, 20, false),
        of("publish only, QoS 1, window 1", 200, 0, 1, 1, false),
        of("fan-in 50 to 1, QoS 0", 50, 1, 0, 20, false),
        of("fan-in 50 to 1, QoS 1", 50, 1, 1, 20, false),
        of("fan-out 1 to 100, QoS 0", 1, 100, 0, 20, false),
        of("fan-out 1 to 100, QoS 1", 1, 100, 1, 20, false),
        of("50 pairs, QoS 0", 50, 50, 0, 20, true),
        of("50 pairs, QoS 1", 50, 50, 1, 20, true),
        of("50 pairs, QoS 2", 50, 50, 2, 20, true),
        new LoadScenario("shared 20 to 4, QoS 1", 20, 4, 1, 20, false, false, "group"));
  }

  /// What latency is measured with: a rate so low that no window ever fills.
  static LoadScenario paced() {
    return of("latency of 50 pairs, QoS 1", 50, 50, 1, 20, true);
  }

  /// Subscribers whose messages are written to disk before their senders are acknowledged.
  static List<LoadScenario> durable() {
    return List.of(
        durable("durable fan-in 50 to 1, QoS 1", 50, 1, 1, false, ""),
        durable("durable fan-out 1 to 100, QoS 1", 1, 100, 1, false, ""),
        durable("durable 50 pairs, QoS 1", 50, 50, 1, true, ""),
        durable("durable 50 pairs, QoS 2", 50, 50, 2, true, ""),
        durable("durable shared 20 to 4, QoS 1", 20, 4, 1, false, "group"));
  }

  private static LoadScenario durable(
      String name, int publishers, int subscribers, int qos, boolean pairs, String group) {
    return new LoadScenario(name, publishers, subscribers, qos, 20, pairs, true, group);
  }

  private static LoadScenario of(
      String name, int publishers, int subscribers, int qos, int window, boolean pairs) {
    return new LoadScenario(name, publishers, subscribers, qos, window, pairs, false, "");
  }

  /// Copies of one message that arrive somewhere.
  int copies() {
    if (subscribers == 0) {
      return 0;
    }
    return pairs || !group.isEmpty() ? 1 : subscribers;
  }

  String topic(int client) {
    return pairs ? "bench/" + client : "bench/all";
  }

  String filter(int client) {
    return (group.isEmpty() ? "" : "$share/" + group + "/") + topic(client);
  }
}
