package io.millrace.wire.mqtt.codec;

import java.nio.charset.StandardCharsets;

/// An application message on its way.
///
/// @param packetId 1 to 65535, or 0 at QoS 0
/// @param payload not to be changed
@SuppressWarnings("ArrayRecordComponent") // equals is written out; a wrapper costs per message
public record Publish(
    TopicName topic,
    byte[] payload,
    int qos,
    boolean retain,
    boolean duplicate,
    int packetId,
    Properties properties)
    implements Packet {

  /// The topic name as text.
  public String topicText() {
    return topic.text();
  }

  /// The same message under another name, for a topic alias.
  public Publish withTopic(TopicName other) {
    return new Publish(other, payload, qos, retain, duplicate, packetId, properties);
  }

  /// The payload as UTF-8; broken bytes become U+FFFD.
  public String payloadText() {
    return new String(payload, StandardCharsets.UTF_8);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Publish that
        && topic.equals(that.topic)
        && java.util.Arrays.equals(payload, that.payload)
        && qos == that.qos
        && retain == that.retain
        && duplicate == that.duplicate
        && packetId == that.packetId
        && properties.equals(that.properties);
  }

  @Override
  public int hashCode() {
    return topic.hashCode() * 31 + packetId;
  }
}
