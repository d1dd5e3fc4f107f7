package io.millrace.wire.mqtt.codec;

/// PUBACK, PUBREC, PUBREL or PUBCOMP, sections 3.4 to 3.7: they differ in nothing but the type.
public record PublishReply(PacketType type, int packetId, ReasonCode reason, Properties properties)
    implements Packet {}
