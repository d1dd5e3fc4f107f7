package io.millrace.wire.mqtt.codec;

import io.netty.buffer.ByteBuf;

/// Encodes CONNECT, section 3.1.
final class ConnectEncoder {
  private ConnectEncoder() {}

  static void encode(Connect connect, ByteBuf out) {
    Fields.frame(out, PacketType.CONNECT.header(), body -> body(connect, body));
  }

  private static void body(Connect connect, ByteBuf out) {
    var version = connect.version();
    Fields.text(out, version == ProtocolVersion.V3_1 ? "MQIsdp" : "MQTT");
    out.writeByte(version.level() | (connect.isBridge() ? ConnectDecoder.BRIDGE : 0));
    out.writeByte(flags(connect));
    out.writeShort(connect.keepAlive());
    if (version.isV5()) {
      PropertiesEncoder.encode(connect.properties(), out);
    }
    Fields.text(out, connect.clientId());
    connect.will().ifPresent(will -> will(will, version, out));
    connect.userName().ifPresent(name -> Fields.text(out, name));
    connect.password().ifPresent(password -> Fields.binary(out, password.toBytes()));
  }

  private static int flags(Connect connect) {
    int flags = connect.cleanStart() ? 0x02 : 0;
    if (connect.will().isPresent()) {
      var will = connect.will().get();
      flags |= 0x04 | will.qos() << 3 | (will.retain() ? 0x20 : 0);
    }
    return flags
        | (connect.password().isPresent() ? 0x40 : 0)
        | (connect.userName().isPresent() ? 0x80 : 0);
  }

  private static void will(Publish will, ProtocolVersion version, ByteBuf out) {
    if (version.isV5()) {
      PropertiesEncoder.encode(will.properties(), out);
    }
    Fields.binary(out, will.topic().utf8());
    Fields.binary(out, will.payload());
  }
}
