package io.millrace.wire.kafka;

/// Readers of values, those with a schema included.
final class SchemaRegistry {
  SchemaRegistry(FlowConfig.Registry config) {}

  Payload payload(SourceMapping mapping) {
    return switch (mapping.format()) {
      case JSON -> PlainPayloads::json;
      case PLAIN -> PlainPayloads::plain;
      case AVRO, PROTOBUF -> throw new IllegalArgumentException("not yet");
    };
  }

  ExportPayload writer(ExportSettings settings) {
    return switch (settings.format()) {
      case JSON -> ExportPayload.JSON;
      case AVRO -> throw new IllegalArgumentException("not yet");
    };
  }
}
