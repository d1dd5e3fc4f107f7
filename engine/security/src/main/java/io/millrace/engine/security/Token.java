package io.millrace.engine.security;

/// A word of an expression.
///
/// @param text of a string its value, of a pattern its source and flags after a newline
/// @param at where it begins
record Token(Kind kind, String text, int at) {
  enum Kind {
    NAME,
    NUMBER,
    STRING,
    PATTERN,
    SIGN,
    END
  }

  boolean is(String sign) {
    return kind == Kind.SIGN && text.equals(sign);
  }
}
