package io.millrace.wire.mosquitto;

import java.nio.file.Path;

/// One line of a mosquitto.conf.
record ConfLine(Path file, int number, String name, String value) {

  boolean bool() {
    return switch (value) {
      case "true", "1" -> true;
      case "false", "0" -> false;
      default -> throw fault("'%s' is neither true nor false".formatted(value));
    };
  }

  long number(long min, long max) {
    try {
      long number = Long.parseLong(value);
      if (number >= min && number <= max) {
        return number;
      }
    } catch (NumberFormatException e) {
      // said below, with the limits
    }
    throw fault("'%s' is not a whole number from %d to %d".formatted(value, min, max));
  }

  String text() {
    if (value.isEmpty()) {
      throw fault("a value is missing");
    }
    return value;
  }

  Path path() {
    return Path.of(text());
  }

  FileFault fault(String what) {
    return FileFault.at(file, number, name + ": " + what);
  }

  String place() {
    return "%s, line %d".formatted(file, number);
  }
}
