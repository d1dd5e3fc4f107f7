package io.millrace.wire.mqtt;

/// A file of TLS cannot be used. The message names the file and the cure.
public final class TlsFileException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  public TlsFileException(String message) {
    super(message);
  }

  public TlsFileException(String message, Throwable cause) {
    super(message, cause);
  }
}
