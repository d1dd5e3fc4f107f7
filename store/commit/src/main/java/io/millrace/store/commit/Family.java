package io.millrace.store.commit;

/// The column families; each has one owner, the room named here.
public enum Family {
  /// Format version and counters: this room.
  META,
  /// Blocks of telemetry, latest values, telemetry keys: `store/timeseries`.
  TELEMETRY,
  /// Telemetry that is not in blocks yet: `store/timeseries`.
  TELEMETRY_LOG,
  /// Attributes: `store/attributes`.
  ATTRIBUTES,
  /// Alarms and their indexes: `engine/alarms`.
  ALARMS,
  /// Node state kept by rule nodes: `engine/rules`.
  NODE_STATE,
  /// Calls to the outside that are not yet delivered: `engine/pipeline`.
  OUTBOX,
  /// Calls that were given up: `engine/pipeline`.
  DEAD_LETTERS,
  /// Server time stamps that run ahead of the clock: `engine/pipeline`.
  STAMPS,
  /// Leaves of the realtime trees: `store/realtime`.
  REALTIME,
  /// Retained messages: `wire/mqtt` through its store door.
  RETAINED,
  /// Durable MQTT sessions and their queues: `wire/mqtt` through its store door.
  SESSIONS,
  /// Raw messages of devices, by time: `store/messages`.
  MESSAGES,
  /// Which device sent when: `store/messages`.
  MESSAGE_INDEX,
  /// Published MQTT messages, by time: `store/messages`.
  PUBLISHES,
  /// Places in Kafka's logs, exports that wait, and their settings: `wire/kafka`.
  KAFKA,
  /// Timers that rule nodes have set: `engine/pipeline`.
  TIMERS,
  /// Persistent commands to devices: `engine/rpc`.
  RPC,
  /// Topic mappings that administrators made: `wire/device`.
  MAPPINGS
}
