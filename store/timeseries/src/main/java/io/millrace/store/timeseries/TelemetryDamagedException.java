package io.millrace.store.timeseries;

/// Stored telemetry does not read back as it was written. The message names the entity and time.
public final class TelemetryDamagedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  TelemetryDamagedException(String message) {
    super(message);
  }

  TelemetryDamagedException(String message, Throwable cause) {
    super(message, cause);
  }
}
