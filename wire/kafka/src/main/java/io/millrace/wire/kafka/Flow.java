package io.millrace.wire.kafka;

import io.millrace.base.json.JsonObject;

/// A source, an export or a bridge that runs.
interface Flow extends AutoCloseable {
  /// How it does, for people: `state`, `error` and counts.
  JsonObject status();

  /// Ends in good order: what is on its way arrives first.
  @Override
  void close();
}
