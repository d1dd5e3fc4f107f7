package io.millrace.wire.kafka;

/// What an exported record tells of.
enum ExportKind {
  TELEMETRY('t'),
  ALARM('a'),
  EVENT('e');

  /// How it is stored.
  final byte code;

  ExportKind(char code) {
    this.code = (byte) code;
  }

  static ExportKind of(byte code) {
    for (var kind : values()) {
      if (kind.code == code) {
        return kind;
      }
    }
    throw new IllegalStateException("No kind of exported record is stored as " + code);
  }
}
