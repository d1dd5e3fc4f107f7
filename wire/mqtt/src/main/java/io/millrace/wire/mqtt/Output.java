package io.millrace.wire.mqtt;

import io.millrace.wire.mqtt.codec.ConnAck;
import io.millrace.wire.mqtt.codec.Disconnect;
import io.millrace.wire.mqtt.codec.Packet;
import io.millrace.wire.mqtt.codec.PacketType;
import io.millrace.wire.mqtt.codec.PacketWriter;
import io.millrace.wire.mqtt.codec.Properties;
import io.millrace.wire.mqtt.codec.Property;
import io.millrace.wire.mqtt.codec.ProtocolVersion;
import io.millrace.wire.mqtt.codec.PublishReply;
import io.millrace.wire.mqtt.codec.ReasonCode;
import io.millrace.wire.mqtt.codec.TopicName;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.socket.DuplexChannel;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// What a connection says: packets gather in one buffer, which leaves at the end of a round.
final class Output {
  private static final int FLUSH_AT_BYTES = 65_536;
  private static final int SMALLEST = 256;
  private static final long SLACK_BYTES = 1_000_000;
  private static final long LINGER_MS = 2000;

  private final Connection connection;
  private final Channel channel;
  private final ListenerForm form;
  private @Nullable ByteBuf buffer;
  private int usualBytes = SMALLEST;
  private boolean touched;
  private boolean closed;
  private boolean hasLastWords;
  private @Nullable Authorizer receiving;
  private long maxPacketBytes = Long.MAX_VALUE;
  private int aliasMaximum;
  private final Map<TopicName, Integer> aliases = new HashMap<>(0);

  Output(Connection connection, Channel channel, ListenerForm form) {
    this.connection = connection;
    this.channel = channel;
    this.form = form;
  }

  /// What the client can take, from CONNECT.
  void limits(long maximumPacketSize, int topicAliasMaximum) {
    maxPacketBytes = maximumPacketSize;
    aliasMaximum = topicAliasMaximum;
  }

  /// From now on, asks before each message whether the client may have it.
  void check(Authorizer authorizer) {
    receiving = authorizer;
  }

  void send(Packet packet) {
    send(packet, connection.version());
  }

  /// Refuses a CONNECT, in the way of its version.
  void refuse(ReasonCode reason, ProtocolVersion version) {
    refuse(reason, version, Properties.NONE);
  }

  /// The same with properties, which only version 5.0 has.
  void refuse(ReasonCode reason, ProtocolVersion version, Properties properties) {
    boolean unknown = reason == ReasonCode.UNSUPPORTED_PROTOCOL_VERSION;
    if (unknown || version.isV5()) {
      send(new ConnAck(false, reason, properties), ProtocolVersion.V5);
    } else if (reason != ReasonCode.MALFORMED_PACKET && reason != ReasonCode.PROTOCOL_ERROR) {
      send(new ConnAck(false, reason, Properties.NONE), version);
    }
  }

  /// False while the client has more to read than is good.
  boolean isWritable() {
    return channel.isWritable();
  }

  /// PUBACK, PUBREC, PUBREL or PUBCOMP.
  void reply(PacketType type, int packetId, ReasonCode reason) {
    if (!closed) {
      PacketWriter.writeReply(type, packetId, reason, room(), connection.version());
      connection.shard().traffic().packetsOut++;
      checkSize();
    }
  }

  /// Sends a message at QoS 0, unless the client is too slow for it.
  void publish(Message message, boolean retain, int[] identifiers) {
    if (closed) {
      return;
    }
    var counters = connection.broker().counters;
    if (!channel.isWritable()) {
      counters.droppedQos0().increment(); // allowed at QoS 0; never silent
    } else if (message.expiresAtMs() != Message.NEVER && message.isExpired(connection.nowMs())) {
      counters.droppedExpired().increment(); // [MQTT-3.3.2-5]
    } else {
      write(message, 0, retain, false, 0, identifiers);
    }
  }

  /// Sends a message above QoS 0.
  ///
  /// @return false when the client does not take packets of that size
  boolean publish(Delivery delivery, boolean again) {
    var message = delivery.message;
    int packetId = delivery.packetId;
    return closed
        || write(message, delivery.qos, delivery.retain, again, packetId, delivery.identifiers);
  }

  private boolean write(
      Message message, int qos, boolean retain, boolean again, int packetId, int[] identifiers) {
    var guard = receiving;
    if (guard != null && !guard.mayReceive(connection, message.topic().text())) {
      connection.broker().counters.notReceivable().increment();
      return false;
    }
    var version = connection.version();
    var properties = message.properties();
    var topic = message.topic();
    boolean isNewAlias = false;
    if (version.isV5()) {
      if (identifiers.length > 0 || message.expiresAtMs() != Message.NEVER) {
        properties = Messages.outgoing(message, identifiers, connection.nowMs());
      }
      if (aliasMaximum > 0) {
        int known = aliases.getOrDefault(topic, 0);
        int alias = known > 0 ? known : newAlias(topic);
        isNewAlias = alias > known;
        properties = alias > 0 ? properties.with(Property.TOPIC_ALIAS, alias) : properties;
        topic = known > 0 ? TopicName.EMPTY : topic;
      }
    }
    if (form.isMounted() && !topic.isEmpty()) {
      topic = TopicName.of(form.unmounted(topic.text()));
    }
    var payload = message.payload();
    if (maxPacketBytes != Long.MAX_VALUE
        && PacketWriter.publishSize(topic, payload, packetId, properties, version)
            > maxPacketBytes) {
      // [MQTT-3.1.2-24] [MQTT-3.1.2-25] too large for this client: as if it had been delivered
      if (isNewAlias) {
        aliases.remove(message.topic()); // the last one; the client never saw it
      }
      connection.broker().counters.droppedTooLarge().increment();
      return false;
    }
    var out = room();
    PacketWriter.writePublish(
        topic, payload, qos, retain, again, packetId, properties, out, version);
    count(payload.length);
    if (out.readableBytes() >= FLUSH_AT_BYTES) {
      flushNow();
    }
    return true;
  }

  private void count(int bytes) {
    var traffic = connection.shard().traffic();
    traffic.packetsOut++;
    traffic.publishesOut++;
    traffic.publishBytesOut += bytes;
    connection.traffic().sent(bytes);
  }

  private int newAlias(TopicName topic) {
    if (aliases.size() >= aliasMaximum) {
      return 0; // [MQTT-3.1.2-26] not more than the client allows
    }
    int alias = aliases.size() + 1;
    aliases.put(topic, alias);
    return alias;
  }

  private void send(Packet packet, ProtocolVersion version) {
    if (closed) {
      return;
    }
    var out = room();
    int before = out.writerIndex();
    PacketWriter.write(packet, out, version);
    hasLastWords = packet instanceof Disconnect || isRefusal(packet);
    if (out.writerIndex() - before > maxPacketBytes) {
      out.writerIndex(before); // [MQTT-3.2.2-19] [MQTT-3.4.2-2] [MQTT-3.5.2-2] [MQTT-3.14.2-3]
      PacketWriter.write(withoutReason(packet), out, version);
    }
    if (out.writerIndex() - before > maxPacketBytes) {
      out.writerIndex(before); // [MQTT-3.1.2-24]
      connection.end(false);
    } else {
      connection.shard().traffic().packetsOut++;
      checkSize();
    }
  }

  private static Packet withoutReason(Packet packet) {
    return switch (packet) {
      case ConnAck(var present, var reason, _) when reason.isError() ->
          new ConnAck(present, reason, Properties.NONE);
      case PublishReply(var type, int packetId, var reason, _) ->
          new PublishReply(type, packetId, reason, Properties.NONE);
      case Disconnect(var reason, _) -> new Disconnect(reason, Properties.NONE);
      default -> packet;
    };
  }

  private ByteBuf room() {
    var out = buffer;
    if (out == null) {
      out = channel.alloc().directBuffer(usualBytes);
      buffer = out;
      if (!touched) {
        touched = true;
        connection.shard().touch(connection);
      }
    }
    return out;
  }

  private void checkSize() {
    var out = buffer;
    if (out != null && out.readableBytes() >= FLUSH_AT_BYTES) {
      flushNow();
    }
    if (!channel.isWritable() && isFlooded()) {
      connection.pause(Connection.OUTPUT); // it asks faster than it listens
    }
  }

  private boolean isFlooded() {
    var queue = channel.unsafe().outboundBuffer();
    long limit = connection.broker().config.maxQueuedBytes() + SLACK_BYTES;
    return queue != null && queue.totalPendingWriteBytes() > limit;
  }

  /// End of the round.
  void flush() {
    touched = false;
    flushNow();
  }

  private void flushNow() {
    var out = buffer;
    if (out == null) {
      return;
    }
    buffer = null;
    connection.shard().traffic().bytesOut += out.readableBytes();
    usualBytes = Math.clamp(out.readableBytes(), SMALLEST, FLUSH_AT_BYTES);
    var _ = channel.writeAndFlush(out, channel.voidPromise());
  }

  /// Sends what is written, then closes the channel.
  void close() {
    if (closed) {
      return;
    }
    closed = true;
    flushNow();
    var gone = channel.writeAndFlush(Unpooled.EMPTY_BUFFER);
    if (hasLastWords && channel instanceof DuplexChannel open && isBare()) {
      gone.addListener(_ -> linger(open));
    } else {
      gone.addListener(ChannelFutureListener.CLOSE);
    }
  }

  private static boolean isRefusal(Packet packet) {
    return packet instanceof ConnAck(_, var reason, _) && reason.isError();
  }

  private boolean isBare() {
    return channel.pipeline().names().size() == 2; // this connection and Netty's own tail
  }

  /// Closing with input unread would reset the connection, and the client might never see why it
  /// was closed: we say that there is no more, and take and forget what still comes.
  private static void linger(DuplexChannel open) {
    var _ = open.shutdownOutput();
    open.config().setAutoRead(true);
    var end =
        open.eventLoop()
            .schedule(
                () -> {
                  var _ = open.close();
                },
                LINGER_MS,
                TimeUnit.MILLISECONDS);
    open.closeFuture().addListener(_ -> end.cancel(false));
  }
}
