package io.millrace.wire.mqtt.codec;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A valid topic name: at least one character, no wildcard, no U+0000; as text and as UTF-8.
public final class TopicName {
  /// Stands where a topic alias is used instead; never a topic that is routed.
  public static final TopicName EMPTY = new TopicName("", new byte[0]);

  private final String text;
  private final byte[] utf8;

  private TopicName(String text, byte[] utf8) {
    this.text = text;
    this.utf8 = utf8;
  }

  /// Checks and takes a topic name.
  ///
  /// @throws IllegalArgumentException saying what is wrong with it
  public static TopicName of(String text) {
    var utf8 = text.getBytes(StandardCharsets.UTF_8);
    try {
      return of(utf8);
    } catch (MalformedPacketException e) {
      throw new IllegalArgumentException(
          "Topic name \"%s\": %s".formatted(text, e.getMessage()), e);
    }
  }

  /// Takes the array as it is; it must not be changed afterwards.
  static TopicName of(byte[] utf8) {
    if (utf8.length == 0) {
      // [MQTT-4.7.3-1] all topic names are at least one character long
      throw MalformedPacketException.malformed("empty topic name");
    }
    if (utf8.length > 65_535) {
      throw MalformedPacketException.malformed("longer than 65535 bytes"); // [MQTT-4.7.3-3]
    }
    for (byte b : utf8) {
      if (b == '+' || b == '#') {
        // [MQTT-3.3.2-2] the topic name of PUBLISH has no wildcards
        throw MalformedPacketException.malformed("wildcard in a topic name");
      }
    }
    return new TopicName(Utf8.decode(utf8, 0, utf8.length), utf8);
  }

  /// True where a topic alias stands for the name.
  public boolean isEmpty() {
    return utf8.length == 0;
  }

  public String text() {
    return text;
  }

  /// The UTF-8 bytes; not to be changed.
  @SuppressWarnings("MutableArrayReturn")
  public byte[] utf8() {
    return utf8;
  }

  @Override
  public boolean equals(Object other) {
    return other == this || (other instanceof TopicName that && Arrays.equals(utf8, that.utf8));
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
