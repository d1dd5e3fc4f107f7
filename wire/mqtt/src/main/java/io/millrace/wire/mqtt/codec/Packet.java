package io.millrace.wire.mqtt.codec;

/// Any MQTT packet.
public sealed interface Packet permits Publish {}
