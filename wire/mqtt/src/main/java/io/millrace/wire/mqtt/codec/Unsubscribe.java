package io.millrace.wire.mqtt.codec;

import java.util.List;

/// UNSUBSCRIBE, section 3.10.
public record Unsubscribe(int packetId, List<String> filters, Properties properties)
    implements Packet {}
