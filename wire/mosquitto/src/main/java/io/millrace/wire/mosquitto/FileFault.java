package io.millrace.wire.mosquitto;

import java.nio.file.Path;

/// A file that cannot be used as it is. The message names file, line and cure.
public final class FileFault extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  public FileFault(String message) {
    super(message);
  }

  static FileFault at(Path file, int line, String what) {
    return new FileFault("%s, line %d: %s".formatted(file, line, what));
  }
}
