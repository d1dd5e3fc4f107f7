package io.millrace.engine.scripts;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/// `encodeURIComponent` and its kin.
final class Uris {
  private static final String UNRESERVED =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  static final String COMPONENT = UNRESERVED + "-_.!~*'()";
  static final String RESERVED = ";/?:@&=+$,#";
  static final String WHOLE = COMPONENT + RESERVED;
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private Uris() {}

  static String encode(String text, String plain, Run run) {
    run.allocate(6L * text.length());
    run.work(text.length());
    var out = new StringBuilder();
    text.codePoints()
        .forEach(
            point -> {
              if (point < 128 && plain.indexOf(point) >= 0) {
                out.append((char) point);
              } else if (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE) {
                throw new Thrown(new ScriptError("URIError", "URI malformed"));
              } else {
                for (byte each : Character.toString(point).getBytes(StandardCharsets.UTF_8)) {
                  out.append('%').append(HEX.toHexDigits(each));
                }
              }
            });
    return out.toString();
  }

  static String decode(String text, String kept, Run run) {
    run.allocate(4L * text.length());
    run.work(text.length());
    var out = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) != '%') {
        out.append(text.charAt(i));
        continue;
      }
      int end = i;
      while (end < text.length() && text.charAt(end) == '%') {
        end += 3;
      }
      out.append(decodeRun(text, i, end, kept));
      i = end - 1;
    }
    return out.toString();
  }

  /// A run of `%XX`; characters in `kept` stay as they are written.
  private static String decodeRun(String text, int from, int until, String kept) {
    try {
      var bytes = HexFormat.of().parseHex(text.substring(from, until).replace("%", ""));
      var decoded = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      var out = new StringBuilder();
      for (int j = 0; j < decoded.length(); j++) {
        char c = decoded.charAt(j);
        out.append(kept.indexOf(c) < 0 ? String.valueOf(c) : "%" + HEX.toHexDigits((byte) c));
      }
      return out.toString();
    } catch (CharacterCodingException | IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new Thrown(new ScriptError("URIError", "URI malformed"));
    }
  }
}
