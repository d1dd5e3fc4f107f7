package io.millrace.wire.kafka;

import io.millrace.wire.schemas.RegistryException;
import java.nio.charset.StandardCharsets;

/// Writes an exported record's value.
@FunctionalInterface
interface ExportPayload {
  ExportPayload JSON = (_, json) -> json.getBytes(StandardCharsets.UTF_8);

  /// The bytes of the record's value.
  ///
  /// @throws RegistryException when the schema registry is needed and does not answer
  byte[] of(ExportKind kind, String json);
}
