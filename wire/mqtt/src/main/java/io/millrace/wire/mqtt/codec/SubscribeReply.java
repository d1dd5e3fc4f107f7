package io.millrace.wire.mqtt.codec;

import java.util.List;

/// SUBACK or UNSUBACK, sections 3.9 and 3.11.
///
/// @param reasons one per topic filter; empty in UNSUBACK before 5.0
public record SubscribeReply(
    PacketType type, int packetId, List<ReasonCode> reasons, Properties properties)
    implements Packet {}
