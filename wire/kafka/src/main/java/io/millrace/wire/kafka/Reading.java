package io.millrace.wire.kafka;

import io.millrace.base.json.JsonObject;
import io.millrace.engine.pipeline.TelemetryRow;
import java.util.List;

/// What a record says of which device.
sealed interface Reading {
  /// The device's name.
  String device();

  record Telemetry(String device, List<TelemetryRow> rows) implements Reading {}

  record Attributes(String device, JsonObject values) implements Reading {}
}
