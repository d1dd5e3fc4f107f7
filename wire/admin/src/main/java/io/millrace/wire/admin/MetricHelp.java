package io.millrace.wire.admin;

import java.util.Map;
import java.util.TreeMap;

/// What each counter and gauge of the process says, for `/metrics` and `docs/metrics.md`.
final class MetricHelp {
  private static final Map<String, String> TEXTS =
      Map.ofEntries(
          Map.entry("device.connected", "Devices connected over MQTT."),
          Map.entry("device.mapped", "Messages that a topic mapping took into the platform."),
          Map.entry("device.mapping_failed", "Messages that a topic mapping could not read."),
          Map.entry("device.refused", "Messages of devices that could not be taken."),
          Map.entry("kafka.up", "1 while Kafka can be used."),
          Map.entry("live.collapsed", "Live updates replaced by newer ones before they were sent."),
          Map.entry("messages.blocks", "Blocks written to the message log."),
          Map.entry("messages.bytes", "Bytes written to the message log."),
          Map.entry("messages.disk_bytes", "Bytes that the message log takes on disk."),
          Map.entry("messages.logged", "Messages written to the message log."),
          Map.entry("messages.missed", "Published messages that the log had no room for."),
          Map.entry("messages.oldest_ms", "Time of the oldest logged message."),
          Map.entry("mqtt.bytes_received", "Bytes from MQTT clients."),
          Map.entry("mqtt.bytes_sent", "Bytes to MQTT clients."),
          Map.entry("mqtt.connections", "Open MQTT connections."),
          Map.entry("mqtt.connects", "Connections that were accepted."),
          Map.entry("mqtt.connects_refused", "Connections that were refused."),
          Map.entry("mqtt.dropped_expired", "Messages that expired before they were sent."),
          Map.entry("mqtt.dropped_qos0_slow_client", "QoS 0 messages for clients too slow."),
          Map.entry("mqtt.dropped_queue_full", "Messages for clients whose queue was full."),
          Map.entry("mqtt.dropped_retained_full", "Messages not retained, mqtt.maxRetained."),
          Map.entry("mqtt.dropped_too_large_for_client", "Messages larger than a client takes."),
          Map.entry("mqtt.keep_alive_timeouts", "Connections closed because nothing came."),
          Map.entry("mqtt.packets_malformed", "Packets that broke the protocol."),
          Map.entry("mqtt.packets_received", "MQTT packets of every type from clients."),
          Map.entry("mqtt.packets_sent", "MQTT packets of every type to clients."),
          Map.entry("mqtt.publish_bytes_received", "Bytes of payloads published by clients."),
          Map.entry("mqtt.publish_bytes_sent", "Bytes of payloads sent to subscribers."),
          Map.entry("mqtt.publishes_not_authorized", "Messages that the client may not publish."),
          Map.entry("mqtt.publishes_received", "Messages published by clients."),
          Map.entry("mqtt.publishes_refused", "Messages that the platform refused."),
          Map.entry("mqtt.publishes_sent", "Messages sent to subscribers."),
          Map.entry("mqtt.read_pauses", "Times that a connection was not read for a while."),
          Map.entry("mqtt.replays", "Replays that are under way."),
          Map.entry("mqtt.retained", "Retained messages."),
          Map.entry("mqtt.sessions_expired", "Sessions that ended by their expiry."),
          Map.entry("mqtt.sessions_taken_over", "Connections ended by another with their name."),
          Map.entry("mqtt.sockets", "Sockets that were opened."),
          Map.entry("mqtt.subscriptions", "Subscriptions of all sessions."),
          Map.entry("pipeline.calls_answered", "Calls to the outside that were answered."),
          Map.entry("pipeline.calls_retried", "Calls to the outside that were tried again."),
          Map.entry("pipeline.calls_waiting", "Calls to the outside that wait."),
          Map.entry("pipeline.commits", "Commits of the partitions."),
          Map.entry("pipeline.dead_letters", "Calls to the outside that were given up."),
          Map.entry("pipeline.failed", "Messages that the engine failed on."),
          Map.entry("pipeline.messages", "Messages that went through the rule chains."),
          Map.entry("pipeline.queued", "Messages that wait for their partition."),
          Map.entry("pipeline.refused", "Messages refused because too much waited."),
          Map.entry("pipeline.retries", "Messages that their queue had tried again."),
          Map.entry(
              "pipeline.retries_waiting",
              "Messages that wait to be tried again, or for one that does."),
          Map.entry("realtime.event_streams", "Open event streams of the realtime database."),
          Map.entry("realtime.sdk_sockets", "Open SDK connections of the realtime database."),
          Map.entry("rules.chains", "Rule chains that are deployed."),
          Map.entry("rules.node_failures", "Messages that failed in a node of any rule chain."),
          Map.entry("rules.node_lost", "Failures that no connection took further."),
          Map.entry("rules.node_messages", "Messages into nodes of all rule chains."),
          Map.entry("store.sync_ms", "How long a commit takes to be on the disk, lately."),
          Map.entry("store.up", "0 while the disk refuses writes."),
          Map.entry("user.socket_frames_received", "Frames from pages' WebSockets."),
          Map.entry("user.sockets", "Open WebSockets of pages."));

  private MetricHelp() {}

  static String of(String name) {
    return TEXTS.getOrDefault(name, "The figure " + name + " of the process.");
  }

  static Map<String, String> all() {
    return new TreeMap<>(TEXTS);
  }
}
