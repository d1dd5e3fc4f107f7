package io.millrace.engine.scripts;

/// What JavaScript takes for white space.
final class Texts {
  private Texts() {}

  static boolean isSpace(char c) {
    return switch (c) {
      case ' ', '\t', '\n', '\r', '\f', '\u000B', '\u00A0', '\uFEFF', '\u2028', '\u2029' -> true;
      default -> c > 127 && Character.getType(c) == Character.SPACE_SEPARATOR;
    };
  }

  static String trim(String text) {
    return trimEnd(trimStart(text));
  }

  static String trimStart(String text) {
    int start = 0;
    while (start < text.length() && isSpace(text.charAt(start))) {
      start++;
    }
    return text.substring(start);
  }

  static String trimEnd(String text) {
    int end = text.length();
    while (end > 0 && isSpace(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(0, end);
  }
}
