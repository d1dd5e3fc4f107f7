package io.millrace.wire.mqtt.codec;

/// CONNACK, section 3.2; older versions know six of the reasons.
public record ConnAck(boolean sessionPresent, ReasonCode reason, Properties properties)
    implements Packet {}
