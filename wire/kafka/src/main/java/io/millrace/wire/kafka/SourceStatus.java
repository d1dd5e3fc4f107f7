package io.millrace.wire.kafka;

import io.millrace.base.json.JsonObject;

/// How a source does, for people.
///
/// @param error what is wrong and the cure; empty when nothing is
record SourceStatus(
    State state, String error, long records, long deadLetters, long inFlight, int partitions) {
  enum State {
    STOPPED,
    WAITING,
    RUNNING,
    /// It goes on by itself once the cause is gone.
    TROUBLED
  }

  JsonObject toJson() {
    return JsonObject.builder()
        .put("state", state.name())
        .put("error", error)
        .put("records", records)
        .put("deadLetters", deadLetters)
        .put("inFlight", inFlight)
        .put("partitions", partitions)
        .build();
  }
}
