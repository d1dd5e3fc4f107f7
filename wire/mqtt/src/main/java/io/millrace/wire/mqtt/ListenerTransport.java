package io.millrace.wire.mqtt;

/// What a listener speaks below MQTT.
public enum ListenerTransport {
  TCP,
  WEBSOCKET,
  UNIX
}
