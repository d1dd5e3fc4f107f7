package io.millrace.engine.scripts;

import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonValue;
import java.util.List;

/// A script that is ready to run.
///
/// Holds no state between runs and may be shared by all threads. Every run is bounded by
/// [Config]; what it was given stays as it was, because the JSON tree is immutable.
public interface CompiledScript {

  /// Runs a filter.
  ///
  /// @throws ScriptException when the script fails, breaks a limit or returns something that is
  ///     neither true nor false
  boolean test(JsonValue msg, JsonObject metadata, String msgType);

  /// Runs the script with ThingsBoard's three arguments, in this order. Parts of `msg` and
  /// `metadata` that it did not touch come back as the same objects; undefined comes back as null.
  ///
  /// @throws ScriptException when the script fails or breaks a limit
  JsonValue run(JsonValue msg, JsonObject metadata, String msgType);

  /// Runs the script with one argument for each of its parameters; missing ones are undefined.
  ///
  /// @throws ScriptException when the script fails or breaks a limit
  JsonValue call(List<JsonValue> arguments);

  /// True when the full JavaScript engine runs it, at microseconds instead of nanoseconds.
  boolean isFallback();
}
