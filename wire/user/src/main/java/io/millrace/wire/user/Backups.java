package io.millrace.wire.user;

import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonValue;
import java.util.List;

/// Backups of everything, made while Millrace runs, one at a time. Any thread.
public interface Backups {
  /// How the last one that was asked for goes.
  enum Phase {
    /// None was asked for since the start.
    NONE,
    RUNNING,
    DONE,
    FAILED
  }

  /// A backup that is there.
  record Kept(String name, long bytes, long createdTime) {
    JsonObject toJson() {
      return JsonObject.builder()
          .put("name", name)
          .put("bytes", bytes)
          .put("createdTime", createdTime)
          .build();
    }
  }

  /// How far the last one has come.
  ///
  /// @param folder where backups are, on the server
  /// @param totalBytes 0 until it is known
  /// @param error why it failed, in words; else empty
  /// @param kept the newest first
  record State(
      Phase phase,
      String folder,
      long doneBytes,
      long totalBytes,
      long startedTime,
      long endedTime,
      String error,
      List<Kept> kept) {
    JsonObject toJson() {
      return JsonObject.builder()
          .put("state", phase.name())
          .put("folder", folder)
          .put("doneBytes", doneBytes)
          .put("totalBytes", totalBytes)
          .put("startedTime", startedTime)
          .put("endedTime", endedTime)
          .put("error", error)
          .put("files", new JsonArray(kept.stream().<JsonValue>map(Kept::toJson).toList()))
          .build();
    }
  }

  State state();

  /// Begins one.
  ///
  /// @return false when one is under way
  boolean start();
}
