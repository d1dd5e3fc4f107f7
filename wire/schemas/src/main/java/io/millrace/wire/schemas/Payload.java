package io.millrace.wire.schemas;

import io.millrace.base.json.JsonValue;

/// Reads the bytes of a record's value.
@FunctionalInterface
public interface Payload {
  /// The value as JSON.
  ///
  /// @throws PoisonException when these bytes are not what they should be
  /// @throws RegistryException when they may be, but their schema cannot be had now
  JsonValue read(byte[] value);
}
