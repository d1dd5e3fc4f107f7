package io.millrace.wire.mqtt.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Reads eight bytes of an array at once.
final class Longs {
  private static final VarHandle LITTLE =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private Longs() {}

  static long littleEndian(byte[] bytes, int at) {
    return (long) LITTLE.get(bytes, at);
  }
}
