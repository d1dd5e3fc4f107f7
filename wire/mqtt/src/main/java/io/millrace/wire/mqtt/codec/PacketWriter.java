package io.millrace.wire.mqtt.codec;

import io.netty.buffer.ByteBuf;

/// Appends packets to a buffer. Any thread; the buffer is the caller's.
public final class PacketWriter {
  private PacketWriter() {}

  public static void write(Packet packet, ByteBuf out, ProtocolVersion version) {
    switch (packet) {
      case Publish publish -> PublishEncoder.encode(publish, out, version);
      case PublishReply reply -> PublishReplyEncoder.encode(reply, out, version);
      case Connect connect -> ConnectEncoder.encode(connect, out);
      case ConnAck ack -> ConnAckEncoder.encode(ack, out, version);
      case Subscribe subscribe -> SubscribeEncoder.encode(subscribe, out, version);
      case SubscribeReply reply -> SubscribeReplyEncoder.encode(reply, out, version);
      case Unsubscribe unsubscribe -> UnsubscribeEncoder.encode(unsubscribe, out, version);
      case Ping ping -> PingEncoder.encode(ping, out);
      case Disconnect disconnect -> DisconnectEncoder.encode(disconnect, out, version);
      case Auth auth -> AuthEncoder.encode(auth, out);
    }
  }

  /// Appends PUBACK, PUBREC, PUBREL or PUBCOMP without properties. Hot path: makes no object.
  public static void writeReply(
      PacketType type, int packetId, ReasonCode reason, ByteBuf out, ProtocolVersion version) {
    PublishReplyEncoder.encode(type, packetId, reason, out, version);
  }

  /// Appends PUBLISH from its parts. Hot path: makes no object.
  ///
  /// @param packetId 0 at QoS 0
  public static void writePublish(
      TopicName topic,
      byte[] payload,
      int qos,
      boolean retain,
      boolean duplicate,
      int packetId,
      Properties properties,
      ByteBuf out,
      ProtocolVersion version) {
    int header = PublishEncoder.header(qos, retain, duplicate);
    PublishEncoder.encode(topic, payload, header, packetId, properties, out, version);
  }

  /// Bytes that such a PUBLISH has.
  public static int publishSize(
      TopicName topic,
      byte[] payload,
      int packetId,
      Properties properties,
      ProtocolVersion version) {
    int rest = PublishEncoder.remainingLength(topic, payload, packetId, properties, version);
    return 1 + Fields.variableSize(rest) + rest;
  }
}
