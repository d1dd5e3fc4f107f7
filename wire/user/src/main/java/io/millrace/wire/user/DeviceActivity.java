package io.millrace.wire.user;

import io.millrace.base.json.JsonBoolean;
import io.millrace.base.model.AttributeScope;
import io.millrace.base.model.EntityId;
import io.millrace.base.runtime.Clock;
import io.millrace.store.attributes.AttributeStore;
import io.millrace.store.timeseries.TimeseriesStore;
import java.time.Duration;
import java.util.List;

/// Whether a device is active: ThingsBoard's server attribute `active` where somebody set it,
/// otherwise whether its latest telemetry is young enough.
final class DeviceActivity {
  private final AttributeStore attributes;
  private final TimeseriesStore timeseries;
  private final Clock clock;
  private final Duration timeout;

  DeviceActivity(
      AttributeStore attributes, TimeseriesStore timeseries, Clock clock, Duration timeout) {
    this.attributes = attributes;
    this.timeseries = timeseries;
    this.clock = clock;
    this.timeout = timeout;
  }

  boolean isActive(EntityId device) {
    var said = attributes.read(device, AttributeScope.SERVER_SCOPE, List.of("active"));
    if (!said.isEmpty()) {
      return said.getFirst().value() == JsonBoolean.TRUE;
    }
    long youngest = clock.millis() - timeout.toMillis();
    return timeseries.latest(device).stream().anyMatch(point -> point.ts() > youngest);
  }
}
