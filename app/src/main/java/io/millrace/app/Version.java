package io.millrace.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Properties;

/// The version that this build carries.
final class Version {
  private Version() {}

  static String text() {
    try (var file = Version.class.getResourceAsStream("version.properties")) {
      if (file == null) {
        throw new IllegalStateException("version.properties is not on the class path");
      }
      var properties = new Properties();
      properties.load(file);
      return properties.getProperty("version");
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read version.properties", e);
    }
  }
}
