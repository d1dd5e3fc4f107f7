package io.millrace.engine.scripts;

import static io.millrace.engine.scripts.TbelOps.argument;

import io.millrace.base.json.JsonNull;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;

/// ThingsBoard's functions about bytes, hexadecimal digits and Base64.
final class TbelCodecs {
  static final Set<String> NAMES =
      Set.of(
          "btoa",
          "atob",
          "bytesToString",
          "decodeToString",
          "stringToBytes",
          "hexToBytes",
          "hexToBytesArray",
          "bytesToHex",
          "base64ToHex",
          "hexToBase64",
          "base64ToBytes",
          "base64ToBytesList",
          "bytesToBase64",
          "bytesToExecutionArrayList",
          "printUnsignedBytes",
          "intToHex",
          "longToHex",
          "intLongToRadixString",
          "floatToHex",
          "doubleToHex",
          "isBinary",
          "isOctal",
          "isDecimal",
          "isHexadecimal",
          "parseHexToInt",
          "parseLittleEndianHexToInt",
          "parseBigEndianHexToInt",
          "parseHexToLong",
          "parseLittleEndianHexToLong",
          "parseBigEndianHexToLong",
          "parseHexToFloat",
          "parseLittleEndianHexToFloat",
          "parseBigEndianHexToFloat",
          "parseHexToDouble",
          "parseLittleEndianHexToDouble",
          "parseBigEndianHexToDouble",
          "parseHexIntLongToFloat",
          "parseBytesToInt",
          "parseBytesToUnsignedInt",
          "parseBytesToLong",
          "parseBytesToFloat",
          "parseBytesToDouble",
          "parseBytesIntToFloat",
          "parseBytesLongToDouble",
          "parseByteToBinaryArray",
          "parseBytesToBinaryArray",
          "parseLongToBinaryArray",
          "parseBinaryArrayToInt");

  private static final HexFormat HEX = HexFormat.of();

  private TbelCodecs() {}

  static Object call(String name, Object[] arguments, Run run) {
    var first = argument(arguments, 0);
    return switch (name) {
      case "btoa" -> base64(text(first, run).getBytes(StandardCharsets.ISO_8859_1), run);
      case "atob" -> new String(bytes(first, run), StandardCharsets.ISO_8859_1);
      case "bytesToString", "decodeToString" ->
          StringMethods.made(
              new String(TbelBytes.of(first, run), charset(argument(arguments, 1))), run);
      case "stringToBytes" ->
          TbelBytes.list(TbelText.of(first, run).getBytes(charset(argument(arguments, 1))), run);
      case "hexToBytes", "hexToBytesArray" -> TbelBytes.list(hex(first, run), run);
      case "bytesToHex" -> HEX.formatHex(TbelBytes.of(first, run));
      case "base64ToHex" -> HEX.withUpperCase().formatHex(bytes(first, run));
      case "hexToBase64" -> base64(hex(first, run), run);
      case "base64ToBytes", "base64ToBytesList" -> TbelBytes.list(bytes(first, run), run);
      case "bytesToBase64" -> base64(TbelBytes.of(first, run), run);
      case "bytesToExecutionArrayList" -> TbelBytes.list(TbelBytes.of(first, run), run);
      case "printUnsignedBytes" -> unsigned(TbelBytes.of(first, run), run);
      case "isBinary" -> kind(TbelText.of(first, run), 2);
      case "isOctal" -> kind(TbelText.of(first, run), 8);
      case "isDecimal" -> kind(TbelText.of(first, run), 10);
      case "isHexadecimal" -> kind(TbelText.of(first, run), 16);
      default -> TbelBinary.call(name, arguments, run);
    };
  }

  static String text(Object value, Run run) {
    return value instanceof ScriptArray
        ? StringMethods.made(new String(TbelBytes.of(value, run), StandardCharsets.UTF_8), run)
        : TbelText.of(value, run);
  }

  private static Charset charset(Object name) {
    try {
      return name == JsonNull.NULL ? StandardCharsets.UTF_8 : Charset.forName(String.valueOf(name));
    } catch (IllegalArgumentException e) {
      throw Errors.type("Unknown character set " + TbelText.of(name));
    }
  }

  private static String base64(byte[] bytes, Run run) {
    return StringMethods.made(Base64.getEncoder().encodeToString(bytes), run);
  }

  private static byte[] bytes(Object base64, Run run) {
    var text = TbelText.of(base64, run);
    run.allocate(text.length());
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw Errors.type("Not Base64: " + TbelText.of(base64));
    }
  }

  static byte[] hex(Object value, Run run) {
    var text = bare(TbelText.of(value, run));
    run.allocate(text.length());
    try {
      return HEX.parseHex(text.length() % 2 == 0 ? text : "0" + text);
    } catch (IllegalArgumentException e) {
      throw Errors.type("Not hexadecimal: " + TbelText.of(value));
    }
  }

  /// Without `0x` in front.
  static String bare(String hex) {
    return hex.toLowerCase(Locale.ROOT).startsWith("0x") ? hex.substring(2) : hex;
  }

  private static ScriptArray unsigned(byte[] bytes, Run run) {
    var items = new Object[bytes.length];
    for (int i = 0; i < items.length; i++) {
      items[i] = bytes[i] & 0xFF;
    }
    return new ScriptArray(items, false, run);
  }

  /// ThingsBoard: the radix when the text is such a number, otherwise -1.
  private static int kind(String text, int radix) {
    var digits =
        switch (radix) {
          case 2 -> "[01]+";
          case 8 -> "[0-7]+";
          case 10 -> "-?\\d+(\\.\\d+)?([eE][+-]?\\d+)?";
          default -> "-?(0[xX])?[0-9A-Fa-f]+";
        };
    return text.length() < 1_000 && text.matches(digits) ? radix : -1;
  }

  /// Whole number in a radix; 0 finds out by itself. Null when it is none.
  static Object parse(String text, int radix) {
    boolean isHex = text.regionMatches(true, text.startsWith("-") ? 1 : 0, "0x", 0, 2);
    var digits = isHex ? text.replaceFirst("0[xX]", "") : text;
    try {
      if (radix != 0 || isHex) {
        return Values.whole(Long.parseLong(digits, isHex ? 16 : radix));
      }
      var number = TbelNumbers.orNull(text);
      return number == null ? JsonNull.NULL : Values.whole(number.longValue());
    } catch (NumberFormatException e) {
      return JsonNull.NULL;
    }
  }
}
