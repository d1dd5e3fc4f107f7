package io.millrace.engine.scripts.compiler;

/// Number literals of both languages.
final class Numbers {
  private Numbers() {}

  static Double javaScript(Token token) {
    var text = token.text().replace("_", "");
    if (isRadix(text)) {
      return (double) whole(text.substring(2), radix(text), token);
    }
    if (text.endsWith("n")) {
      throw SourceException.notTaken("BigInt", token.at());
    }
    if (text.length() > 1 && text.charAt(0) == '0' && Character.isDigit(text.charAt(1))) {
      throw SourceException.notTaken("octal number", token.at());
    }
    return decimal(text, token);
  }

  /// TBEL: Integer where it fits, Long, or Double, with Java's suffixes.
  static Object tbel(Token token) {
    var text = token.text().replace("_", "");
    if (isRadix(text)) {
      boolean isLong = text.endsWith("L") || text.endsWith("l");
      var digits = text.substring(2, text.length() - (isLong ? 1 : 0));
      return narrow(whole(digits, radix(text), token), isLong);
    }
    char last = text.charAt(text.length() - 1);
    var bare = text.substring(0, text.length() - 1);
    return switch (last) {
      case 'L', 'l' -> whole(bare, 10, token);
      case 'd', 'D' -> decimal(bare, token);
      case 'f', 'F' -> (double) decimal(bare, token).floatValue();
      case 'B', 'I' -> throw SourceException.notTaken(token.text(), token.at());
      default -> text.matches("[0-9]+") ? narrowDecimal(text, token) : decimal(text, token);
    };
  }

  private static Object narrowDecimal(String digits, Token token) {
    return digits.length() > 18 ? decimal(digits, token) : narrow(whole(digits, 10, token), false);
  }

  private static Object narrow(long value, boolean isLong) {
    return (!isLong && value == (int) value) ? (Object) (int) value : (Object) value;
  }

  private static boolean isRadix(String text) {
    return text.length() > 2 && text.charAt(0) == '0' && "xXoObB".indexOf(text.charAt(1)) >= 0;
  }

  private static int radix(String text) {
    return switch (text.charAt(1)) {
      case 'x', 'X' -> 16;
      case 'o', 'O' -> 8;
      default -> 2;
    };
  }

  private static long whole(String digits, int radix, Token token) {
    try {
      return Long.parseLong(digits, radix);
    } catch (NumberFormatException e) {
      throw SourceException.notTaken(token.text(), token.at());
    }
  }

  private static Double decimal(String text, Token token) {
    try {
      char last = text.charAt(text.length() - 1);
      if (!Character.isDigit(last) && last != '.') {
        throw new NumberFormatException(); // Java takes 1f and 1d, the languages do not
      }
      return Double.valueOf(text);
    } catch (NumberFormatException e) {
      throw SourceException.syntax("Not a number", token.text(), token.at());
    }
  }
}
