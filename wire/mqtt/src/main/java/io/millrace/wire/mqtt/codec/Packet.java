package io.millrace.wire.mqtt.codec;

/// Any MQTT packet.
public sealed interface Packet
    permits Connect,
        ConnAck,
        Publish,
        PublishReply,
        Subscribe,
        Unsubscribe,
        SubscribeReply,
        Ping,
        Disconnect,
        Auth {}
