package io.millrace.wire.mqtt.codec;

/// PINGREQ or PINGRESP, sections 3.12 and 3.13.
public record Ping(PacketType type) implements Packet {
  public static final Ping REQUEST = new Ping(PacketType.PINGREQ);
  public static final Ping RESPONSE = new Ping(PacketType.PINGRESP);
}
