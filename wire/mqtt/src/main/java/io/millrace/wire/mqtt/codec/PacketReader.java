package io.millrace.wire.mqtt.codec;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/// Cuts a byte stream into packets. One per connection, one thread.
public final class PacketReader {
  private final int maxPacketBytes;
  private final boolean fromClient;
  private final FrameInput input;
  private ProtocolVersion version = ProtocolVersion.V3_1_1;

  /// Makes a reader at the start of a stream.
  ///
  /// @param maxPacketBytes a longer packet is refused as soon as its length is known
  /// @param fromClient true when a client is at the other end
  public PacketReader(int maxPacketBytes, TopicNames topics, boolean fromClient) {
    this.maxPacketBytes = maxPacketBytes;
    this.fromClient = fromClient;
    this.input = new FrameInput(topics, Unpooled.EMPTY_BUFFER, 0);
  }

  /// The version in use: that of CONNECT once it was read, 3.1.1 before.
  public ProtocolVersion version() {
    return version;
  }

  /// Sets the version in use.
  public void version(ProtocolVersion other) {
    version = other;
  }

  /// Uses another table of names from now on, that of the thread it has moved to.
  public void topics(TopicNames names) {
    input.topics(names);
  }

  /// Reads the next packet, or returns null and leaves `in` as it was when it is not whole yet.
  ///
  /// @throws MalformedPacketException the stream cannot be read on
  public @Nullable Packet next(ByteBuf in) {
    int start = in.readerIndex();
    int available = in.writerIndex() - start;
    if (available == 0) {
      return null;
    }
    int header = in.getUnsignedByte(start);
    if (header < 16) {
      throw MalformedPacketException.protocolError("packet type 0 is reserved");
    }
    long lengths = length(in, start, available);
    if (lengths < 0) {
      return null;
    }
    int length = (int) lengths;
    int bodyAt = start + (int) (lengths >>> 32);
    checkSize(length + bodyAt - start);
    if (bodyAt + length > in.writerIndex()) {
      return null;
    }
    in.readerIndex(bodyAt);
    input.move(in, bodyAt + length);
    return decode(header);
  }

  private void checkSize(int bytes) {
    if (bytes > maxPacketBytes) {
      throw MalformedPacketException.of(
          ReasonCode.PACKET_TOO_LARGE,
          "%d bytes; packets may have %d".formatted(bytes, maxPacketBytes));
    }
  }

  /// Size of the fixed header in the upper half, remaining length in the lower; -1: not there yet.
  private static long length(ByteBuf in, int start, int available) {
    int value = 0;
    for (int i = 1; i <= 4; i++) {
      if (i >= available) {
        return -1;
      }
      int b = in.getByte(start + i);
      value |= (b & 0x7f) << (7 * (i - 1));
      if (b >= 0) {
        return (long) (i + 1) << 32 | value;
      }
    }
    throw MalformedPacketException.silent("remaining length of five bytes"); // section 2.1.4
  }

  private Packet decode(int header) {
    if (header >> 4 == 3) {
      return PublishDecoder.decode(input, header, version);
    }
    if (header >> 4 == 1) {
      return ConnectDecoder.decode(input, header, this); // the flags depend on the version
    }
    var type = PacketType.of(header);
    if (fromClient && type.isOnlyFromServer()) {
      throw MalformedPacketException.protocolError(type + " from a client");
    }
    return switch (type) {
      case CONNECT -> ConnectDecoder.decode(input, header, this);
      case CONNACK -> ConnAckDecoder.decode(input, version);
      case PUBLISH -> PublishDecoder.decode(input, header, version);
      case PUBACK, PUBREC, PUBREL, PUBCOMP -> PublishReplyDecoder.decode(input, type, version);
      case SUBSCRIBE -> SubscribeDecoder.decode(input, version);
      case SUBACK, UNSUBACK -> SubscribeReplyDecoder.decode(input, type, version);
      case UNSUBSCRIBE -> UnsubscribeDecoder.decode(input, version);
      case PINGREQ, PINGRESP -> PingDecoder.decode(input, type);
      case DISCONNECT -> DisconnectDecoder.decode(input, version);
      case AUTH -> AuthDecoder.decode(input, version);
    };
  }
}
