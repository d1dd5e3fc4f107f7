package io.millrace.base.config;

import io.millrace.base.config.Settings.SetValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// The syntax of `millrace.conf`: one `name = value` a line; a line that starts with `#` is a
/// comment.
final class ConfigFile {
  private ConfigFile() {}

  static void read(Path file, Map<String, SetValue> into, List<String> faults) {
    var lines = lines(file);
    for (int i = 0; i < lines.size(); i++) {
      var line = lines.get(i).strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      var place = "%s, line %d".formatted(file.getFileName(), i + 1);
      int equals = line.indexOf('=');
      if (equals <= 0) {
        faults.add("'%s' is not a setting; write name = value (%s)".formatted(line, place));
        continue;
      }
      var name = line.substring(0, equals).strip();
      var before = into.put(name, new SetValue(line.substring(equals + 1).strip(), place));
      if (before != null && before.origin().startsWith(file.getFileName() + ",")) {
        faults.add(
            "%s is set twice (%s and %s); remove one".formatted(name, before.origin(), place));
      }
    }
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new SettingsException(
          List.of("The configuration file %s cannot be read: %s".formatted(file, e)));
    }
  }
}
