package io.millrace.wire.mqtt;

import io.millrace.store.messages.LoggedPublish;
import io.millrace.wire.mqtt.codec.PacketReader;
import io.millrace.wire.mqtt.codec.PacketWriter;
import io.millrace.wire.mqtt.codec.Properties;
import io.millrace.wire.mqtt.codec.ProtocolVersion;
import io.millrace.wire.mqtt.codec.Publish;
import io.millrace.wire.mqtt.codec.TopicName;
import io.millrace.wire.mqtt.codec.TopicNames;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

/// Properties of a logged message: a PUBLISH packet of 5.0 without topic and payload worth naming.
final class LoggedProperties {
  private static final byte[] NONE = {};
  private static final TopicName ANY = TopicName.of("-");
  private static final int MAX_BYTES = 268_435_455;

  private LoggedProperties() {}

  static byte[] encode(Properties properties) {
    if (properties.isEmpty()) {
      return NONE;
    }
    var out = Unpooled.buffer(128);
    PacketWriter.writePublish(ANY, NONE, 0, false, false, 0, properties, out, ProtocolVersion.V5);
    return ByteBufUtil.getBytes(out);
  }

  /// The message as it was published, except that it does not expire again.
  static Message message(LoggedPublish logged) {
    return new Message(
        TopicName.of(logged.topic()),
        logged.payload(),
        logged.qos(),
        false,
        properties(logged.extra()),
        Message.NEVER,
        null);
  }

  private static Properties properties(byte[] extra) {
    if (extra.length == 0) {
      return Properties.NONE;
    }
    var reader = new PacketReader(MAX_BYTES, new TopicNames(1), false);
    reader.version(ProtocolVersion.V5);
    return reader.next(Unpooled.wrappedBuffer(extra)) instanceof Publish publish
        ? publish.properties()
        : Properties.NONE;
  }
}
