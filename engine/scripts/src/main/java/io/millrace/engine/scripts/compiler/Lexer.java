package io.millrace.engine.scripts.compiler;

import io.millrace.engine.scripts.compiler.Token.Kind;

/// Cuts a script into tokens, one at a time: the parser says where a regular expression or the rest
/// of a template may stand.
final class Lexer {
  /// Longest first, so that the first that fits is the right one.
  private static final String[] PUNCTUATORS = {
    ">>>=", "...", "===", "!==", "**=", "<<=", ">>=", ">>>", "&&=", "||=", "??=", "=>", "==", "!=",
    "<=", ">=", "&&", "||", "??", "?.", ".?", "++", "--", "+=", "-=", "*=", "/=", "%=", "&=", "|=",
    "^=", "<<", ">>", "**", "~=", "{", "}", "(", ")", "[", "]", ";", ",", "<", ">", "+", "-", "*",
    "/", "%", "&", "|", "^", "!", "~", "?", ":", "=", ".", "@", "#"
  };

  private final String source;
  private int at;
  private boolean newline;

  Lexer(String source) {
    this.source = source;
  }

  String source() {
    return source;
  }

  /// Continues at `offset`, for a parser that looks ahead and comes back.
  void moveTo(int offset) {
    at = offset;
  }

  Token next() {
    skipBlanks();
    if (at >= source.length()) {
      return token(Kind.END, "end of script", at);
    }
    char c = source.charAt(at);
    if (isNameStart(c)) {
      return name();
    }
    if (isDigit(c) || (c == '.' && isDigit(peek(1)))) {
      return number();
    }
    if (c == '"' || c == '\'') {
      return string(c);
    }
    if (c == '`') {
      at++;
      return template(at - 1);
    }
    return punctuator();
  }

  private Token punctuator() {
    int start = at;
    for (var each : PUNCTUATORS) {
      if (source.startsWith(each, at) && !isOptionalNumber(each)) {
        at += each.length();
        return token(Kind.PUNCTUATOR, each, start);
      }
    }
    var unknown = String.valueOf(source.charAt(at));
    throw SourceException.syntax("Unexpected character '" + unknown + "'", unknown, at);
  }

  /// `a?.5:b` is a condition and the number .5, `a.?b` is TBEL's.
  private boolean isOptionalNumber(String punctuator) {
    return punctuator.equals("?.") && isDigit(peek(2));
  }

  private Token name() {
    int start = at;
    while (at < source.length() && isNamePart(source.charAt(at))) {
      at++;
    }
    if (at < source.length() && source.charAt(at) == '\\') {
      throw SourceException.notTaken("\\u in a name", at);
    }
    return token(Kind.NAME, source.substring(start, at), start);
  }

  private Token number() {
    int start = at;
    if (source.charAt(at) == '0' && "xXoObB".indexOf(peek(1)) >= 0) {
      at += 2;
      skipWhile(c -> isNamePart(c));
    } else {
      skipWhile(c -> isDigit(c) || c == '_');
      if (at < source.length() && source.charAt(at) == '.') {
        at++;
        skipWhile(c -> isDigit(c) || c == '_');
      }
      exponent();
      skipWhile(c -> isNamePart(c)); // a suffix, which the parser judges
    }
    return token(Kind.NUMBER, source.substring(start, at), start);
  }

  private void exponent() {
    if (at < source.length() && (source.charAt(at) == 'e' || source.charAt(at) == 'E')) {
      int digits = peek(1) == '+' || peek(1) == '-' ? 2 : 1;
      if (isDigit(peek(digits))) {
        at += digits;
        skipWhile(Lexer::isDigit);
      }
    }
  }

  private Token string(char quote) {
    int start = at++;
    var text = new StringBuilder();
    while (true) {
      char c = current("string", start);
      if (c == quote) {
        at++;
        return token(Kind.STRING, text.toString(), start);
      }
      if (c == '\n' || c == '\r') {
        throw SourceException.syntax("The string is not closed on its line", "string", start);
      }
      at++;
      if (c == '\\') {
        escape(text, start);
      } else {
        text.append(c);
      }
    }
  }

  /// Reads on behind a backquote or behind the `}` that ends a `${…}`.
  Token template(int start) {
    var text = new StringBuilder();
    while (true) {
      char c = current("template", start);
      if (c == '`' || (c == '$' && peek(1) == '{')) {
        return token(Kind.TEMPLATE, text.toString(), start);
      }
      at++;
      if (c == '\\') {
        escape(text, start);
      } else if (c == '\r') {
        at += at < source.length() && source.charAt(at) == '\n' ? 1 : 0;
        text.append('\n');
      } else {
        text.append(c);
      }
    }
  }

  /// After a template piece: true when it was the last one; steps over its closing characters.
  boolean templateEnds() {
    boolean ends = source.charAt(at) == '`';
    at += ends ? 1 : 2;
    return ends;
  }

  private void escape(StringBuilder text, int start) {
    char c = current("string", start);
    at++;
    switch (c) {
      case 'n' -> text.append('\n');
      case 't' -> text.append('\t');
      case 'r' -> text.append('\r');
      case 'b' -> text.append('\b');
      case 'f' -> text.append('\f');
      case 'v' -> text.append('\u000B');
      case '\r' -> at += at < source.length() && source.charAt(at) == '\n' ? 1 : 0;
      case '\n', '\u2028', '\u2029' -> {}
      case 'x' -> text.append((char) hex(2));
      case 'u' -> unicode(text);
      case '0', '1', '2', '3', '4', '5', '6', '7' -> octal(text, c);
      default -> text.append(c);
    }
  }

  private void octal(StringBuilder text, char first) {
    if (first != '0' || (at < source.length() && isDigit(source.charAt(at)))) {
      throw SourceException.notTaken("octal escape", at - 2);
    }
    text.append('\0');
  }

  private void unicode(StringBuilder text) {
    if (peek(0) != '{') {
      text.append((char) hex(4));
      return;
    }
    int end = source.indexOf('}', at);
    if (end < 0 || end - at > 7) {
      throw SourceException.syntax("Not a Unicode escape", "\\u{", at - 2);
    }
    at++;
    int point = hex(end - at);
    at++;
    if (!Character.isValidCodePoint(point)) {
      throw SourceException.syntax("Not a Unicode escape", "\\u{", at - 2);
    }
    text.appendCodePoint(point);
  }

  private int hex(int digits) {
    int value = 0;
    for (int i = 0; i < digits; i++) {
      int digit = Character.digit(peek(0), 16);
      if (digit < 0) {
        throw SourceException.syntax("Not a hexadecimal escape", "\\", at);
      }
      value = value << 4 | digit;
      at++;
    }
    return value;
  }

  /// The regular expression whose opening slash stands at `start`, slashes and flags included.
  Token regex(int start) {
    at = start + 1;
    boolean inClass = false;
    while (true) {
      char c = current("regular expression", start);
      if (c == '\n' || c == '\r') {
        throw SourceException.syntax("The regular expression is not closed", "/", start);
      }
      at += c == '\\' ? 2 : 1;
      if (c == '[') {
        inClass = true;
      } else if (c == ']') {
        inClass = false;
      } else if (c == '/' && !inClass) {
        skipWhile(Lexer::isNamePart);
        return token(Kind.PUNCTUATOR, source.substring(start, at), start);
      }
    }
  }

  private void skipBlanks() {
    newline = false;
    while (at < source.length()) {
      char c = source.charAt(at);
      if (c == '\n' || c == '\r' || c == '\u2028' || c == '\u2029') {
        newline = true;
        at++;
      } else if (Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\uFEFF') {
        at++;
      } else if (source.startsWith("//", at)) {
        skipWhile(each -> each != '\n' && each != '\r');
      } else if (source.startsWith("/*", at)) {
        blockComment();
      } else {
        return;
      }
    }
  }

  private void blockComment() {
    int end = source.indexOf("*/", at + 2);
    if (end < 0) {
      throw SourceException.syntax("The comment is not closed", "/*", at);
    }
    newline |= source.substring(at, end).indexOf('\n') >= 0;
    at = end + 2;
  }

  private interface CharTest {
    boolean test(char c);
  }

  private void skipWhile(CharTest test) {
    while (at < source.length() && test.test(source.charAt(at))) {
      at++;
    }
  }

  private char current(String what, int start) {
    if (at >= source.length()) {
      throw SourceException.syntax("The " + what + " is not closed", what, start);
    }
    return source.charAt(at);
  }

  private char peek(int ahead) {
    return at + ahead < source.length() ? source.charAt(at + ahead) : '\0';
  }

  private Token token(Kind kind, String text, int start) {
    return new Token(kind, text, start, at, newline);
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isNameStart(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || c == '_'
        || c == '$'
        || (c >= 0x80 && Character.isLetter(c));
  }

  private static boolean isNamePart(char c) {
    return isNameStart(c) || isDigit(c) || (c >= 0x80 && Character.isUnicodeIdentifierPart(c));
  }
}
