package io.millrace.wire.mqtt.codec;

/// The CONNACK return codes of 3.1 and 3.1.1 (its section 3.2.2.3), as reasons of 5.0.
final class OldReturnCodes {
  private OldReturnCodes() {}

  static ReasonCode reason(int code) {
    return switch (code) {
      case 0 -> ReasonCode.SUCCESS;
      case 1 -> ReasonCode.UNSUPPORTED_PROTOCOL_VERSION;
      case 2 -> ReasonCode.CLIENT_IDENTIFIER_NOT_VALID;
      case 3 -> ReasonCode.SERVER_UNAVAILABLE;
      case 4 -> ReasonCode.BAD_USER_NAME_OR_PASSWORD;
      case 5 -> ReasonCode.NOT_AUTHORIZED;
      default -> throw MalformedPacketException.protocolError("unknown return code " + code);
    };
  }

  static int code(ReasonCode reason) {
    return switch (reason) {
      case SUCCESS -> 0;
      case UNSUPPORTED_PROTOCOL_VERSION -> 1;
      case CLIENT_IDENTIFIER_NOT_VALID -> 2;
      case BAD_USER_NAME_OR_PASSWORD -> 4;
      case NOT_AUTHORIZED, BANNED, BAD_AUTHENTICATION_METHOD -> 5;
      default -> 3; // server unavailable
    };
  }
}
