package io.millrace.engine.scripts.compiler;

/// A text that cannot be compiled, at one offset of it.
public final class SourceException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String construct;
  private final int at;
  private final boolean known;

  SourceException(String message, String construct, int at, boolean known) {
    super(message, null, false, false);
    this.construct = construct;
    this.at = at;
    this.known = known;
  }

  /// The language has this construct, this compiler does not take it.
  static SourceException notTaken(String construct, int at) {
    return new SourceException("'" + construct + "' is not taken", construct, at, true);
  }

  static SourceException syntax(String message, String construct, int at) {
    return new SourceException(message, construct, at, false);
  }

  /// The same at another offset: a part of the text was read by itself.
  public SourceException at(int offset) {
    return new SourceException(String.valueOf(getMessage()), construct, offset, known);
  }

  public String construct() {
    return construct;
  }

  /// Offset in the source, from 0.
  public int at() {
    return at;
  }

  /// True when the text may be right and only this compiler does not take it.
  public boolean isNotTaken() {
    return known;
  }
}
