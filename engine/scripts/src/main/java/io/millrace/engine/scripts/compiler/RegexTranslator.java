package io.millrace.engine.scripts.compiler;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// Writes a JavaScript regular expression as one of Java, where both mean the same; refuses what
/// they understand differently.
public final class RegexTranslator {
  private static final String SPACES =
      "\\t\\n\\x0B\\f\\r \\xA0\\u1680\\u2000-\\u200a\\u2028\\u2029"
          + "\\u202f\\u205f\\u3000\\ufeff";
  private static final String LINE_ENDS = "\\n\\r\\u2028\\u2029";

  private final String source;
  private final boolean isMultiline;
  private final boolean dotTakesAll;
  private final StringBuilder out = new StringBuilder();
  private int at;
  private int groups;

  private RegexTranslator(String source, String flags) {
    this.source = source;
    this.isMultiline = flags.indexOf('m') >= 0;
    this.dotTakesAll = flags.indexOf('s') >= 0;
  }

  /// The expression of Java that means the same.
  ///
  /// @throws SourceException when the two languages would differ, or it is none at all
  public static Pattern translate(String source, String flags) {
    if (!flags.chars().allMatch(flag -> "gims".indexOf(flag) >= 0)) {
      throw SourceException.notTaken("/" + source + "/" + flags, 0);
    }
    var translated = new RegexTranslator(source, flags).translate();
    try {
      return Pattern.compile(translated, flags.indexOf('i') >= 0 ? Pattern.CASE_INSENSITIVE : 0);
    } catch (PatternSyntaxException e) {
      throw SourceException.notTaken("/" + source + "/" + flags, 0);
    }
  }

  private SourceException notTaken() {
    return SourceException.notTaken("/" + source + "/", 0);
  }

  private String translate() {
    while (at < source.length()) {
      char c = source.charAt(at++);
      switch (c) {
        case '\\' -> escape(false);
        case '[' -> charClass();
        case '.' -> out.append(dotTakesAll ? "[\\s\\S]" : "[^" + LINE_ENDS + "]");
        case '^' -> out.append(isMultiline ? "(?<![^" + LINE_ENDS + "])" : "\\A");
        case '$' -> out.append(isMultiline ? "(?=[" + LINE_ENDS + "]|\\z)" : "\\z");
        case '(' -> open();
        case ')' -> close();
        case '*', '+', '?' -> {
          out.append(c);
          refusePossessive();
        }
        case '{' -> brace();
        case '}', ']' -> out.append('\\').append(c);
        default -> literal(c);
      }
    }
    return out.toString();
  }

  /// Java would read a second plus as "never give back".
  private void refusePossessive() {
    if (at < source.length() && source.charAt(at) == '+') {
      throw notTaken();
    }
  }

  private void brace() {
    int end = source.indexOf('}', at);
    if (end > 0 && source.substring(at, end).matches("[0-9]{1,4}(,[0-9]{0,4})?")) {
      out.append('{').append(source, at, end + 1);
      at = end + 1;
      refusePossessive();
    } else {
      out.append("\\{");
    }
  }

  private void open() {
    out.append('(');
    if (at >= source.length() || source.charAt(at) != '?') {
      groups++;
      return;
    }
    if (source.startsWith("?:", at) || source.startsWith("?=", at) || source.startsWith("?!", at)) {
      out.append(source, at, at + 2);
      at += 2;
    } else {
      throw notTaken(); // names and looking behind
    }
  }

  /// JavaScript forgets the groups of the last turn of a loop, Java does not.
  private void close() {
    out.append(')');
    boolean isRepeated = at < source.length() && "*+{".indexOf(source.charAt(at)) >= 0;
    if (isRepeated && groups > 1) {
      throw notTaken();
    }
  }

  private void charClass() {
    out.append('[');
    if (source.startsWith("^]", at) || source.startsWith("]", at)) {
      throw notTaken();
    }
    if (source.startsWith("^", at)) {
      out.append('^');
      at++;
    }
    while (true) {
      if (at >= source.length()) {
        throw SourceException.syntax("The regular expression is not closed", "[", 0);
      }
      char c = source.charAt(at++);
      if (c == ']') {
        out.append(']');
        return;
      }
      if (c == '\\') {
        escape(true);
      } else if ("[&^~".indexOf(c) >= 0) {
        out.append('\\').append(c);
      } else {
        literal(c);
      }
    }
  }

  private void literal(char c) {
    if (Character.isSurrogate(c)) {
      throw notTaken();
    }
    out.append(c);
  }

  private void escape(boolean inClass) {
    if (at >= source.length()) {
      throw SourceException.syntax("The regular expression ends in a backslash", "\\", 0);
    }
    char c = source.charAt(at++);
    switch (c) {
      case 'd', 'D', 'w', 'W', 'n', 'r', 't', 'f' -> out.append('\\').append(c);
      case 'v' -> out.append("\\x0B");
      case 's' -> out.append(inClass ? SPACES : "[" + SPACES + "]");
      case 'S' -> {
        if (inClass) {
          throw notTaken();
        }
        out.append("[^" + SPACES + "]");
      }
      case 'b', 'B' -> boundary(c, inClass);
      case 'x' -> hex(2);
      case 'u' -> hex(4);
      case '0' -> {
        if (at < source.length() && Character.isDigit(source.charAt(at))) {
          throw notTaken();
        }
        out.append("\\x00");
      }
      default -> {
        if (Character.isLetterOrDigit(c)) {
          throw notTaken(); // references to groups, classes of Unicode
        }
        out.append('\\').append(c);
      }
    }
  }

  /// Java's own `\b` knows letters beyond ASCII.
  private void boundary(char c, boolean inClass) {
    if (inClass) {
      if (c == 'B') {
        throw notTaken();
      }
      out.append("\\x08");
    } else if (c == 'b') {
      out.append("(?:(?<=\\w)(?!\\w)|(?<!\\w)(?=\\w))");
    } else {
      out.append("(?:(?<=\\w)(?=\\w)|(?<!\\w)(?!\\w))");
    }
  }

  private void hex(int digits) {
    if (at + digits > source.length()
        || !source.substring(at, at + digits).matches("[0-9a-fA-F]+")) {
      throw notTaken();
    }
    out.append(digits == 2 ? "\\x" : "\\u").append(source, at, at + digits);
    at += digits;
  }
}
