package io.millrace.engine.scripts.compiler;

/// One word of a script.
///
/// @param text the punctuator, the name, or the value of a string; for a number as it is written
/// @param at offset of its first character
/// @param end offset behind its last character
/// @param afterNewline whether a line break stands before it
record Token(Kind kind, String text, int at, int end, boolean afterNewline) {
  enum Kind {
    NAME,
    NUMBER,
    STRING,
    /// A piece of a template literal, up to its `${` or its closing quote.
    TEMPLATE,
    PUNCTUATOR,
    END
  }

  boolean is(String punctuatorOrWord) {
    return (kind == Kind.PUNCTUATOR || kind == Kind.NAME) && text.equals(punctuatorOrWord);
  }

  boolean isName() {
    return kind == Kind.NAME;
  }
}
