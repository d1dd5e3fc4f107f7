package io.millrace.wire.mqtt.codec;

/// Bytes that are not MQTT, or MQTT that this packet must not say; closes the connection.
///
/// Has no stack trace: peers can cause it as often as they like.
public final class MalformedPacketException extends RuntimeException {
  private static final long serialVersionUID = 1;
  private final ReasonCode reason;
  private final boolean silent;

  private MalformedPacketException(ReasonCode reason, String message, boolean silent) {
    super(message, null, false, false);
    this.reason = reason;
    this.silent = silent;
  }

  /// Cannot be parsed.
  static MalformedPacketException malformed(String message) {
    return new MalformedPacketException(ReasonCode.MALFORMED_PACKET, message, false);
  }

  /// Can be parsed, but must not be said.
  static MalformedPacketException protocolError(String message) {
    return new MalformedPacketException(ReasonCode.PROTOCOL_ERROR, message, false);
  }

  static MalformedPacketException of(ReasonCode reason, String message) {
    return new MalformedPacketException(reason, message, false);
  }

  /// Not even a frame: nothing is answered.
  static MalformedPacketException silent(String message) {
    return new MalformedPacketException(ReasonCode.MALFORMED_PACKET, message, true);
  }

  public ReasonCode reason() {
    return reason;
  }

  /// True when the connection is closed without a DISCONNECT.
  public boolean isSilent() {
    return silent;
  }
}
