package io.millrace.wire.mqtt;

import io.millrace.wire.mqtt.codec.ReasonCode;

/// The server refused, went away or did not answer in time.
public final class MqttClientException extends RuntimeException {
  private static final long serialVersionUID = 1;
  private final ReasonCode code;

  public MqttClientException(String message, ReasonCode code) {
    super(message);
    this.code = code;
  }

  public ReasonCode code() {
    return code;
  }
}
