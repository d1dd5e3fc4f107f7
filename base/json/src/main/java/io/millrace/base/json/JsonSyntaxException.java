package io.millrace.base.json;

/// A text that is not JSON. The message says what was found, where (line and column, from 1).
public final class JsonSyntaxException extends RuntimeException {
  private static final long serialVersionUID = 1;

  JsonSyntaxException(String message) {
    super(message);
  }
}
