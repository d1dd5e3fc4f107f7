package io.millrace.engine.security;

import io.millrace.engine.security.Token.Kind;
import java.util.ArrayList;
import java.util.List;

/// Cuts an expression into tokens.
final class Tokens {
  private static final List<String> SIGNS =
      List.of(
          "===", "!==", "==", "!=", "<=", ">=", "&&", "||", "<", ">", "+", "-", "*", "/", "%", "!",
          "?", ":", "(", ")", "[", "]", ",", ".");

  private final SourceText source;
  private final String text;
  private final List<Token> tokens = new ArrayList<>();
  private int at;

  private Tokens(SourceText source) {
    this.source = source;
    this.text = source.text();
  }

  static List<Token> of(SourceText source) {
    return new Tokens(source).all();
  }

  private List<Token> all() {
    while (true) {
      while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
        at++;
      }
      if (at == text.length()) {
        tokens.add(new Token(Kind.END, "the end", at));
        return tokens;
      }
      tokens.add(next());
    }
  }

  private Token next() {
    char c = text.charAt(at);
    if (isNameStart(c)) {
      return name();
    }
    if (isDigit(c) || (c == '.' && at + 1 < text.length() && isDigit(text.charAt(at + 1)))) {
      return number();
    }
    if (c == '\'' || c == '"') {
      return string(c);
    }
    return c == '/' && !followsAValue() ? pattern() : sign();
  }

  /// After a value a slash divides; elsewhere it begins a pattern.
  private boolean followsAValue() {
    if (tokens.isEmpty()) {
      return false;
    }
    var last = tokens.getLast();
    return last.kind() != Kind.SIGN || last.is(")") || last.is("]");
  }

  private Token name() {
    int start = at;
    while (at < text.length() && (isNameStart(text.charAt(at)) || isDigit(text.charAt(at)))) {
      at++;
    }
    return new Token(Kind.NAME, text.substring(start, at), start);
  }

  private Token number() {
    int start = at;
    digits();
    if (at < text.length() && text.charAt(at) == '.') {
      at++;
      digits();
    }
    if (at < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
      at++;
      if (at < text.length() && (text.charAt(at) == '+' || text.charAt(at) == '-')) {
        at++;
      }
      digits();
    }
    var number = text.substring(start, at);
    if (!number.matches("([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?")
        || (at < text.length() && isNameStart(text.charAt(at)))) {
      throw source.wrong(start, "'" + number + "' is no number");
    }
    return new Token(Kind.NUMBER, number, start);
  }

  private void digits() {
    while (at < text.length() && isDigit(text.charAt(at))) {
      at++;
    }
  }

  private Token string(char quote) {
    int start = at++;
    var value = new StringBuilder();
    while (at < text.length() && text.charAt(at) != quote) {
      char c = text.charAt(at++);
      value.append(c == '\\' ? escaped(start) : c);
    }
    if (at == text.length()) {
      throw source.wrong(start, "This string has no end");
    }
    at++;
    return new Token(Kind.STRING, value.toString(), start);
  }

  private char escaped(int start) {
    if (at == text.length()) {
      throw source.wrong(start, "This string has no end");
    }
    char c = text.charAt(at++);
    return switch (c) {
      case 'n' -> '\n';
      case 't' -> '\t';
      case 'r' -> '\r';
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'u' -> unicode();
      default -> c;
    };
  }

  private char unicode() {
    try {
      int code = Integer.parseInt(text.substring(at, Math.min(at + 4, text.length())), 16);
      at += 4;
      return (char) code;
    } catch (NumberFormatException e) {
      throw source.wrong(at, "\\u needs four hexadecimal digits"); // no other cause is known
    }
  }

  private Token pattern() {
    int start = at++;
    boolean inSet = false;
    while (at < text.length() && (inSet || text.charAt(at) != '/')) {
      char c = text.charAt(at);
      inSet = c == '[' || (inSet && c != ']');
      at += c == '\\' ? 2 : 1;
    }
    if (at >= text.length()) {
      throw source.wrong(start, "This pattern has no end");
    }
    var pattern = text.substring(start + 1, at++);
    int flags = at;
    while (at < text.length() && isNameStart(text.charAt(at))) {
      at++;
    }
    return new Token(Kind.PATTERN, pattern + "\n" + text.substring(flags, at), start);
  }

  private Token sign() {
    for (var sign : SIGNS) {
      if (text.startsWith(sign, at)) {
        at += sign.length();
        return new Token(Kind.SIGN, sign, at - sign.length());
      }
    }
    throw source.wrong(at, "'" + text.charAt(at) + "' cannot stand in a rule");
  }

  private static boolean isNameStart(char c) {
    return c == '$' || c == '_' || Character.isLetter(c);
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
