package io.millrace.store.timeseries;

/// A key's name and the number that stands for it on disk.
final class TelemetryKey {
  static final int CHARACTERS_MAX = 255;
  final int id;
  final String name;
  volatile boolean durable;

  TelemetryKey(int id, String name, boolean durable) {
    this.id = id;
    this.name = name;
    this.durable = durable;
  }
}
