package io.millrace.wire.mqtt.codec;

/// The versions spoken here.
public enum ProtocolVersion {
  V3_1(3),
  V3_1_1(4),
  V5(5);

  private final int level;

  ProtocolVersion(int level) {
    this.level = level;
  }

  /// The protocol level byte of CONNECT.
  public int level() {
    return level;
  }

  public boolean isV5() {
    return this == V5;
  }
}
