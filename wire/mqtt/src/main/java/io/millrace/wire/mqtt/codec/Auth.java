package io.millrace.wire.mqtt.codec;

/// AUTH, section 3.15; only in 5.0.
public record Auth(ReasonCode reason, Properties properties) implements Packet {}
