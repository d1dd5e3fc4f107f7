package io.millrace.engine.scripts;

import static io.millrace.engine.scripts.TbelOps.argument;

import io.millrace.base.json.JsonNull;
import java.util.HexFormat;
import java.util.Locale;

/// ThingsBoard's functions that read numbers from bytes or hexadecimal digits, and write them.
final class TbelBinary {
  private TbelBinary() {}

  static Object call(String name, Object[] arguments, Run run) {
    if (name.startsWith("parseBytes") && !name.endsWith("BinaryArray")) {
      return ofBytes(name, arguments, run);
    }
    return switch (name) {
      case "intToHex", "longToHex", "floatToHex", "doubleToHex" -> toHex(name, arguments, run);
      case "intLongToRadixString" -> toRadix(arguments, run);
      case "parseByteToBinaryArray",
          "parseBytesToBinaryArray",
          "parseBinaryArrayToInt",
          "parseLongToBinaryArray" ->
          TbelBits.call(name, arguments, run);
      default -> ofHex(name, arguments, run);
    };
  }

  private static boolean isBig(Object[] arguments, int i) {
    return !argument(arguments, i).equals(false);
  }

  /// (bytes, offset = 0, length = what the type holds or the list has, big endian = true)
  private static Object ofBytes(String name, Object[] arguments, Run run) {
    var bytes = TbelBytes.of(argument(arguments, 0), run);
    int offset = arguments.length > 1 ? TbelNumbers.integer(arguments[1]) : 0;
    int size = name.contains("Long") || name.endsWith("Double") ? 8 : 4;
    int length =
        arguments.length > 2
            ? TbelNumbers.integer(arguments[2])
            : Math.min(size, bytes.length - offset);
    if (offset < 0 || length < 0 || length > size || offset + length > bytes.length) {
      throw Errors.range(
          "Bytes "
              + offset
              + " to "
              + (offset + length)
              + " are asked for; there are "
              + bytes.length
              + ", and "
              + name
              + " takes "
              + size
              + " at most");
    }
    return typed(name, raw(bytes, offset, length, isBig(arguments, 3)), length);
  }

  private static long raw(byte[] bytes, int offset, int length, boolean isBig) {
    long value = 0;
    for (int i = 0; i < length; i++) {
      int at = isBig ? offset + i : offset + length - 1 - i;
      value = value << 8 | (bytes[at] & 0xFF);
    }
    return value;
  }

  private static Object typed(String name, long raw, int length) {
    return switch (name) {
      case "parseBytesToInt",
          "parseHexToInt",
          "parseLittleEndianHexToInt",
          "parseBigEndianHexToInt" ->
          (int) raw;
      case "parseBytesToUnsignedInt" -> raw;
      case "parseBytesIntToFloat", "parseHexIntLongToFloat" ->
          (Object) TbelStatics.ofFloat(length > 4 ? (float) raw : (float) (int) raw);
      case "parseBytesLongToDouble" -> (Object) (double) raw;
      default ->
          name.endsWith("Float")
              ? (Object) TbelStatics.ofFloat(Float.intBitsToFloat((int) raw))
              : name.endsWith("Double") ? (Object) Double.longBitsToDouble(raw) : (Object) raw;
    };
  }

  /// (digits, big endian = true)
  private static Object ofHex(String name, Object[] arguments, Run run) {
    var bytes = TbelCodecs.hex(argument(arguments, 0), run);
    boolean isBig = !name.contains("LittleEndian") && isBig(arguments, 1);
    int size = name.endsWith("Long") || name.endsWith("Double") ? 8 : 4;
    if (name.equals("parseHexIntLongToFloat")) {
      size = 8;
    }
    if (bytes.length > size) {
      throw Errors.range(name + " takes " + 2 * size + " digits at most");
    }
    return typed(name, raw(bytes, 0, bytes.length, isBig), bytes.length);
  }

  /// (number, big endian = true, 0x in front = false, digits = as many as needed, in pairs)
  private static Object toHex(String name, Object[] arguments, Run run) {
    var number = TbelNumbers.number(argument(arguments, 0));
    run.allocate(64);
    var digits =
        switch (name) {
          case "intToHex" -> Integer.toHexString(number.intValue());
          case "longToHex" -> Long.toHexString(number.longValue());
          case "floatToHex" ->
              HexFormat.of().toHexDigits(Float.floatToIntBits(number.floatValue()));
          default -> HexFormat.of().toHexDigits(Double.doubleToLongBits(number.doubleValue()));
        };
    return hexText(digits, arguments, name.startsWith("float") || name.startsWith("double"));
  }

  private static String hexText(String digits, Object[] arguments, boolean alwaysPrefix) {
    var even = digits.length() % 2 == 0 ? digits : "0" + digits;
    int wanted = arguments.length > 3 ? TbelNumbers.integer(arguments[3]) : even.length();
    if (wanted < even.length() && wanted > 0) {
      even = even.substring(even.length() - wanted);
    }
    var padded = "0".repeat(Math.clamp(wanted - even.length(), 0, 16)) + even;
    var ordered = isBig(arguments, 1) ? padded : reversed(padded);
    boolean prefix = alwaysPrefix || argument(arguments, 2).equals(true);
    return (prefix ? "0x" : "") + ordered.toUpperCase(Locale.ROOT);
  }

  private static String reversed(String pairs) {
    var out = new StringBuilder();
    for (int i = pairs.length() - 2; i >= 0; i -= 2) {
      out.append(pairs, i, i + 2);
    }
    return out.toString();
  }

  /// (number, radix = 10, big endian = true, prefix = false)
  private static Object toRadix(Object[] arguments, Run run) {
    var number = argument(arguments, 0);
    run.allocate(128);
    if (number == JsonNull.NULL) {
      return JsonNull.NULL;
    }
    long value = TbelNumbers.number(number).longValue();
    int radix = arguments.length > 1 ? TbelNumbers.integer(arguments[1]) : 10;
    return switch (radix) {
      case 2 -> Long.toBinaryString(value);
      case 8 -> Long.toOctalString(value);
      case 16 -> hexText(Long.toHexString(value), arguments(arguments), false);
      default -> Long.toString(value, Math.clamp(radix, 2, 36));
    };
  }

  private static Object[] arguments(Object[] radixArguments) {
    return new Object[] {
      radixArguments[0], argument(radixArguments, 2), argument(radixArguments, 3)
    };
  }
}
