package io.millrace.wire.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.wire.mqtt.codec.PacketReader;
import io.millrace.wire.mqtt.codec.PacketWriter;
import io.millrace.wire.mqtt.codec.Properties;
import io.millrace.wire.mqtt.codec.Property;
import io.millrace.wire.mqtt.codec.ProtocolVersion;
import io.millrace.wire.mqtt.codec.Publish;
import io.millrace.wire.mqtt.codec.TopicNames;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Keys and messages of durable sessions as bytes: `docs/formats/mqtt-sessions.md`.
final class SessionFormat {
  static final int VERSION = 1;
  static final byte SESSION = 1;
  static final byte SUBSCRIPTION = 2;
  static final byte STATE = 3;
  static final byte BLOCK = 4;

  private static final int MAX_BYTES = 268_435_455;
  private static final int ID_AT = 1;
  private static final int NUMBER_AT = 9;
  private static final int RETAINED_ORIGINAL = 4;
  private static final int EXPIRES = 8;
  private static final int SHARED = 16;

  private SessionFormat() {}

  static byte[] sessionKey(String clientId) {
    var id = clientId.getBytes(UTF_8);
    var key = new byte[1 + id.length];
    key[0] = SESSION;
    System.arraycopy(id, 0, key, 1, id.length);
    return key;
  }

  static byte[] subscriptionKey(long id, String filter) {
    var text = filter.getBytes(UTF_8);
    var key = Arrays.copyOf(key(SUBSCRIPTION, id), NUMBER_AT + text.length);
    System.arraycopy(text, 0, key, NUMBER_AT, text.length);
    return key;
  }

  static byte[] blockKey(long id, long first) {
    var key = Arrays.copyOf(key(BLOCK, id), NUMBER_AT + 8);
    Unpooled.wrappedBuffer(key).setLong(NUMBER_AT, first);
    return key;
  }

  /// The key of a state, or the beginning of the keys of one kind.
  static byte[] key(byte kind, long id) {
    var key = new byte[NUMBER_AT];
    key[0] = kind;
    Unpooled.wrappedBuffer(key).setLong(ID_AT, id);
    return key;
  }

  static long id(byte[] key) {
    return Unpooled.wrappedBuffer(key).getLong(ID_AT);
  }

  static long first(byte[] blockKey) {
    return Unpooled.wrappedBuffer(blockKey).getLong(NUMBER_AT);
  }

  static String clientId(byte[] sessionKey) {
    return new String(sessionKey, 1, sessionKey.length - 1, UTF_8);
  }

  static String filter(byte[] subscriptionKey) {
    return new String(subscriptionKey, NUMBER_AT, subscriptionKey.length - NUMBER_AT, UTF_8);
  }

  /// A buffer that begins with the version; reading begins with [#checked].
  static ByteBuf start(int capacity) {
    return Unpooled.buffer(capacity).writeByte(VERSION);
  }

  static ByteBuf checked(byte[] value) {
    var in = Unpooled.wrappedBuffer(value);
    int version = in.readByte();
    if (version != VERSION) {
      throw new IllegalStateException(
          "A stored MQTT session has format %d; this version reads %d. Start the version that wrote it, or restore a backup."
              .formatted(version, VERSION));
    }
    return in;
  }

  /// Appends a message as one session gets it. Hot path.
  static void write(Delivery delivery, ByteBuf out) {
    int at = out.writerIndex();
    out.writeInt(0);
    var message = delivery.message;
    var shared = delivery.shared;
    boolean expires = message.expiresAtMs() != Message.NEVER;
    out.writeByte(
        message.qos()
            | (message.retain() ? RETAINED_ORIGINAL : 0)
            | (expires ? EXPIRES : 0)
            | (shared != null ? SHARED : 0));
    if (expires) {
      out.writeLong(message.expiresAtMs());
    }
    if (shared != null) {
      text(shared.text(), out);
    }
    var properties = message.properties();
    for (int identifier : delivery.identifiers) {
      properties = properties.with(Property.SUBSCRIPTION_IDENTIFIER, identifier);
    }
    PacketWriter.writePublish(
        message.topic(),
        message.payload(),
        delivery.qos,
        delivery.retain,
        false,
        delivery.qos > 0 ? 1 : 0,
        properties,
        out,
        ProtocolVersion.V5);
    out.setInt(at, out.writerIndex() - at - 4);
  }

  static Delivery readDelivery(ByteBuf in, TopicNames topics) {
    int length = in.readInt();
    var one = in.readSlice(length);
    int flags = one.readByte();
    long expires = (flags & EXPIRES) != 0 ? one.readLong() : Message.NEVER;
    var shared = (flags & SHARED) != 0 ? filter(text(one)) : null;
    var reader = new PacketReader(MAX_BYTES, topics, false);
    reader.version(ProtocolVersion.V5);
    if (!(reader.next(one) instanceof Publish publish)) {
      throw new IllegalStateException("A stored MQTT message is cut off");
    }
    var properties = publish.properties();
    var message =
        new Message(
            publish.topic(),
            publish.payload(),
            flags & 3,
            (flags & RETAINED_ORIGINAL) != 0,
            properties.isEmpty() ? Properties.NONE : properties.forwarded(),
            expires,
            null);
    return new Delivery(message, publish.qos(), publish.retain(), identifiers(properties), shared);
  }

  private static int[] identifiers(Properties properties) {
    return properties.isEmpty()
        ? Route.NO_IDENTIFIERS
        : properties.subscriptionIdentifiers().stream().mapToInt(i -> i).toArray();
  }

  static @Nullable TopicFilter filter(String text) {
    return TopicFilter.parse(text, 65_535);
  }

  static void text(String text, ByteBuf out) {
    var bytes = text.getBytes(UTF_8);
    out.writeShort(bytes.length);
    out.writeBytes(bytes);
  }

  static String text(ByteBuf in) {
    return in.readCharSequence(in.readUnsignedShort(), UTF_8).toString();
  }

  static byte[] bytes(ByteBuf out) {
    var all = new byte[out.readableBytes()];
    out.getBytes(out.readerIndex(), all);
    return all;
  }
}
