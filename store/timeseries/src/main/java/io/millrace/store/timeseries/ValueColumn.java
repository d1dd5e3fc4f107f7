package io.millrace.store.timeseries;

import io.millrace.base.json.JsonBoolean;
import io.millrace.base.json.JsonBytes;
import io.millrace.base.json.JsonDouble;
import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonString;
import io.millrace.base.json.JsonSyntaxException;
import io.millrace.base.json.JsonValue;
import java.util.LinkedHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The values of one key in a block: one byte of kind, then the values in the shortest form that
/// brings each of them back equal. Drawn in `docs/formats/telemetry-blocks.md`.
final class ValueColumn {
  private static final int ANY = 0;
  private static final int BOOLEANS = 1;
  private static final int LONGS = 2;
  private static final int DECIMALS = 3;
  private static final int DOUBLES = 4;
  private static final int NUMBERS = 5;
  private static final int STRINGS = 6;

  private static final double[] POWERS = {1, 10, 100, 1_000, 10_000, 100_000, 1_000_000};
  private static final double EXACT_MAX = 1L << 53; // whole doubles are exact up to here

  private ValueColumn() {}

  static void write(Values values, int count, Output out) {
    switch (values.kind()) {
      case WHOLES -> {
        out.put(LONGS);
        PackedLongs.writeSteps(values.bits(0, count), out);
      }
      case FRACTIONS -> writeFractions(values.bits(0, count), out);
      default -> write(values.boxed(0, count), out);
    }
  }

  private static void write(JsonValue[] values, Output out) {
    switch (kind(values)) {
      case BOOLEANS -> writeBits(BOOLEANS, values, JsonBoolean.TRUE::equals, out);
      case STRINGS -> writeStrings(values, out);
      case NUMBERS -> writeNumbers(values, out);
      default -> writeAny(values, out);
    }
  }

  static Values read(Input in, int count) {
    return switch (in.get()) {
      case ANY -> Values.of(readAny(in, count));
      case BOOLEANS -> Values.of(Values.Kind.BOOLEANS, readBooleans(in, count));
      case LONGS -> Values.of(Values.Kind.WHOLES, PackedLongs.readSteps(in, count));
      case DECIMALS -> Values.of(Values.Kind.FRACTIONS, readDecimals(in, count));
      case DOUBLES -> Values.of(Values.Kind.FRACTIONS, readDoubles(in, count));
      case NUMBERS -> Values.of(readNumbers(in, count));
      case STRINGS -> Values.of(readStrings(in, count));
      default -> throw new TelemetryDamagedException("A column of unknown kind");
    };
  }

  /// The one kind that fits all values.
  private static int kind(JsonValue[] values) {
    int all = kind(values[0]);
    for (int i = 1; i < values.length && all != ANY; i++) {
      int kind = kind(values[i]);
      if (kind != all) {
        all = isNumeric(kind) && isNumeric(all) ? NUMBERS : ANY;
      }
    }
    return all;
  }

  private static int kind(JsonValue value) {
    return switch (value) {
      case JsonBoolean _ -> BOOLEANS;
      case JsonLong _ -> LONGS;
      case JsonDouble _ -> DOUBLES;
      case JsonString _ -> STRINGS;
      default -> ANY;
    };
  }

  private static boolean isNumeric(int kind) {
    return kind == LONGS || kind == DOUBLES || kind == NUMBERS;
  }

  private static void writeFractions(long[] bits, Output out) {
    for (int decimals = 0; decimals < POWERS.length; decimals++) {
      var scaled = scaled(bits, decimals);
      if (scaled != null) {
        out.put(DECIMALS);
        out.put(decimals);
        PackedLongs.writeSteps(scaled, out);
        return;
      }
    }
    out.put(DOUBLES);
    for (long each : bits) {
      out.putFixed(each, Long.BYTES);
    }
  }

  /// The doubles times 10^decimals, or null when that does not bring each of them back.
  private static long @Nullable [] scaled(long[] bits, int decimals) {
    double power = POWERS[decimals];
    var scaled = new long[bits.length];
    for (int i = 0; i < scaled.length; i++) {
      double product = Math.rint(Double.longBitsToDouble(bits[i]) * power);
      long number = (long) product; // loses the sign of -0.0, which the comparison notices
      if (!(Math.abs(product) < EXACT_MAX)
          || Double.doubleToRawLongBits(number / power) != bits[i]) {
        return null;
      }
      scaled[i] = number;
    }
    return scaled;
  }

  /// Fractions and whole numbers mixed, as people write 20 and 20.5.
  private static void writeNumbers(JsonValue[] values, Output out) {
    for (int decimals = 0; decimals < POWERS.length; decimals++) {
      var scaled = scaled(values, decimals);
      if (scaled != null) {
        writeBits(NUMBERS, values, JsonLong.class::isInstance, out);
        out.put(decimals);
        PackedLongs.writeSteps(scaled, out);
        return;
      }
    }
    writeAny(values, out);
  }

  /// The values times 10^decimals, or null when that does not bring each of them back.
  private static long @Nullable [] scaled(JsonValue[] values, int decimals) {
    double power = POWERS[decimals];
    var scaled = new long[values.length];
    for (int i = 0; i < scaled.length; i++) {
      double value = values[i] instanceof JsonLong(long whole) ? (double) whole : number(values[i]);
      double product = Math.rint(value * power);
      long number = (long) product; // loses the sign of -0.0, which the comparison notices
      if (!(Math.abs(product) < EXACT_MAX)
          || Double.doubleToRawLongBits(number / power) != Double.doubleToRawLongBits(value)
          || (values[i] instanceof JsonLong(long whole) && (long) value != whole)) {
        return null;
      }
      scaled[i] = number;
    }
    return scaled;
  }

  private static double number(JsonValue value) {
    return ((JsonDouble) value).value();
  }

  private static long[] readDecimals(Input in, int count) {
    double power = power(in);
    var scaled = PackedLongs.readSteps(in, count);
    for (int i = 0; i < count; i++) {
      scaled[i] = Double.doubleToRawLongBits(scaled[i] / power);
    }
    return scaled;
  }

  private static JsonValue[] readNumbers(Input in, int count) {
    var isWhole = readBits(in, count);
    double power = power(in);
    var scaled = PackedLongs.readSteps(in, count);
    var values = new JsonValue[count];
    for (int i = 0; i < count; i++) {
      double value = scaled[i] / power;
      values[i] = isWhole[i] ? new JsonLong((long) value) : new JsonDouble(value);
    }
    return values;
  }

  private static double power(Input in) {
    return POWERS[in.count(POWERS.length - 1)];
  }

  private static long[] readDoubles(Input in, int count) {
    var bits = new long[count];
    for (int i = 0; i < count; i++) {
      bits[i] = in.fixed(Long.BYTES);
      if (!Double.isFinite(Double.longBitsToDouble(bits[i]))) {
        throw new TelemetryDamagedException("A value that is not a number");
      }
    }
    return bits;
  }

  private static void writeStrings(JsonValue[] values, Output out) {
    var words = new LinkedHashMap<JsonValue, Integer>();
    var indexes = new long[values.length];
    for (int i = 0; i < indexes.length; i++) {
      indexes[i] = words.computeIfAbsent(values[i], _ -> words.size());
    }
    out.put(STRINGS);
    out.putUnsigned(words.size());
    words.keySet().forEach(word -> writeSized(word, out));
    PackedLongs.write(indexes, indexes.length, out);
  }

  private static JsonValue[] readStrings(Input in, int count) {
    var words = readAny(in, in.count(count));
    var indexes = PackedLongs.read(in, count);
    var values = new JsonValue[count];
    for (int i = 0; i < count; i++) {
      if (indexes[i] < 0 || indexes[i] >= words.length) {
        throw new TelemetryDamagedException("Word " + indexes[i] + " of " + words.length);
      }
      values[i] = words[(int) indexes[i]];
    }
    return values;
  }

  private static void writeAny(JsonValue[] values, Output out) {
    out.put(ANY);
    for (var value : values) {
      writeSized(value, out);
    }
  }

  private static JsonValue[] readAny(Input in, int count) {
    var values = new JsonValue[count];
    for (int i = 0; i < count; i++) {
      values[i] = readSized(in);
    }
    return values;
  }

  /// The bytes of [JsonBytes] behind their count; hot for numbers, which every message has.
  static void writeSized(JsonValue value, Output out) {
    if (value instanceof JsonDouble(double number)) {
      out.put(1 + Double.BYTES);
      out.put(JsonBytes.DOUBLE);
      out.putFixed(Double.doubleToRawLongBits(number), Double.BYTES);
    } else if (value instanceof JsonLong(long number)) {
      long rest = Output.zigzag(number);
      out.put(1 + Math.max(1, (70 - Long.numberOfLeadingZeros(rest)) / 7));
      out.put(JsonBytes.LONG);
      out.putUnsigned(rest);
    } else {
      var bytes = JsonBytes.encode(value);
      out.putUnsigned(bytes.length);
      out.put(bytes);
    }
  }

  static JsonValue readSized(Input in) {
    try {
      return JsonBytes.decode(in.get(in.count(in.remaining())));
    } catch (IllegalArgumentException | JsonSyntaxException e) {
      throw new TelemetryDamagedException("A value that is none", e);
    }
  }

  private static void writeBits(
      int kind, JsonValue[] values, Predicate<JsonValue> isSet, Output out) {
    out.put(kind);
    for (int from = 0; from < values.length; from += 8) {
      int bits = 0;
      for (int i = from; i < Math.min(from + 8, values.length); i++) {
        bits |= (isSet.test(values[i]) ? 1 : 0) << (i - from);
      }
      out.put(bits);
    }
  }

  private static boolean[] readBits(Input in, int count) {
    var bits = new boolean[count];
    int current = 0;
    for (int i = 0; i < count; i++) {
      current = i % 8 == 0 ? in.get() : current >> 1;
      bits[i] = (current & 1) != 0;
    }
    return bits;
  }

  private static long[] readBooleans(Input in, int count) {
    var bits = readBits(in, count);
    var values = new long[count];
    for (int i = 0; i < count; i++) {
      values[i] = bits[i] ? 1 : 0;
    }
    return values;
  }
}
