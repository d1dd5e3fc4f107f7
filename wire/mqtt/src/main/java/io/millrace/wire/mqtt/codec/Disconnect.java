package io.millrace.wire.mqtt.codec;

/// DISCONNECT, section 3.14; before 5.0 it has no reason.
public record Disconnect(ReasonCode reason, Properties properties) implements Packet {}
