package io.millrace.wire.mosquitto;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Where a mosquitto.conf sends the log, and how much of it.
public final class ConfLog {
  final List<Path> files = new ArrayList<>();
  boolean standardOutput;
  boolean standardError;
  boolean nowhere;
  boolean debug;
  boolean quiet;
  boolean timestamp = true;
  boolean isSet;

  /// Whether the file says anything of the log at all.
  public boolean isSet() {
    return isSet;
  }

  public List<Path> files() {
    return List.copyOf(files);
  }

  public boolean standardOutput() {
    return standardOutput;
  }

  /// True also when nothing else was named.
  public boolean standardError() {
    return standardError || !(nowhere || standardOutput || !files.isEmpty());
  }

  public boolean timestamp() {
    return timestamp;
  }

  /// `DEBUG`, `INFO` or `WARN`.
  public String level() {
    return debug ? "DEBUG" : quiet ? "WARN" : "INFO";
  }
}
