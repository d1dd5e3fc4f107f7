package io.millrace.wire.mqtt.codec;

import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/// Decodes a property list, section 2.2.2.
final class PropertiesDecoder {
  private PropertiesDecoder() {}

  /// Reads the length and the properties that `carrier` may have.
  static Properties decode(FrameInput in, PacketType carrier) {
    return decode(in, carrier, false);
  }

  /// Reads the length and the properties that a will may have.
  static Properties decodeWill(FrameInput in) {
    return decode(in, null, true);
  }

  private static Properties decode(FrameInput in, @Nullable PacketType carrier, boolean will) {
    int length = in.variable();
    if (length == 0) {
      return Properties.NONE;
    }
    int outer = in.narrow(length);
    var names = new ArrayList<Property>(4);
    var values = new ArrayList<Object>(4);
    while (in.remaining() > 0) {
      var name = Property.of(in.variable());
      var value = value(in, name);
      boolean allowed = will ? name.inWill() : carrier != null && name.mayBeIn(carrier);
      if (!allowed) {
        throw misplaced(name, carrier);
      }
      if (names.contains(name) && !mayRepeat(name, carrier)) {
        // sections 3.1.2.11.2 and alike: including it more than once is a protocol error
        throw MalformedPacketException.protocolError(name + " twice");
      }
      names.add(name);
      values.add(value);
    }
    in.widen(outer);
    return new Properties(names.toArray(new Property[0]), values.toArray());
  }

  private static Object value(FrameInput in, Property name) {
    return switch (name.type()) {
      case FLAG -> flag(in.u8(), name);
      case TWO_BYTES -> (long) in.u16();
      case FOUR_BYTES -> in.u32();
      case VARIABLE -> (long) in.variable();
      case TEXT -> in.text();
      case BINARY -> in.binary();
      case PAIR -> new UserProperty(in.text(), in.text());
    };
  }

  private static Long flag(int value, Property name) {
    if (value > 1) {
      throw MalformedPacketException.protocolError(name + " is neither 0 nor 1");
    }
    return (long) value;
  }

  private static boolean mayRepeat(Property name, @Nullable PacketType carrier) {
    return name == Property.USER_PROPERTY
        || (name == Property.SUBSCRIPTION_IDENTIFIER && carrier == PacketType.PUBLISH);
  }

  private static MalformedPacketException misplaced(Property name, @Nullable PacketType carrier) {
    boolean subscribing = carrier == PacketType.SUBSCRIBE || carrier == PacketType.UNSUBSCRIBE;
    var what = name + " does not belong into " + (carrier == null ? "a will" : carrier);
    return subscribing
        ? MalformedPacketException.malformed(what)
        : MalformedPacketException.protocolError(what);
  }
}
