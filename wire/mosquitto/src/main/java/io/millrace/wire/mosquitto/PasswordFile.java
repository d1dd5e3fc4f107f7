package io.millrace.wire.mosquitto;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The users of a Mosquitto password file: a line `name:hash` each.
record PasswordFile(Map<String, PasswordHash> users) {

  static PasswordFile parse(Path file, List<String> lines) {
    var users = new HashMap<String, PasswordHash>();
    for (int i = 0; i < lines.size(); i++) {
      var line = lines.get(i).strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      int colon = line.indexOf(':');
      if (colon < 1) {
        throw FileFault.at(file, i + 1, "'%s' is not name:hash".formatted(shown(line)));
      }
      var name = line.substring(0, colon);
      if (users.put(name, hash(line.substring(colon + 1), name, file, i + 1)) != null) {
        throw FileFault.at(
            file, i + 1, "the user '%s' stands here twice; remove one".formatted(name));
      }
    }
    return new PasswordFile(Map.copyOf(users));
  }

  Optional<PasswordHash> of(String user) {
    return Optional.ofNullable(users.get(user));
  }

  private static PasswordHash hash(String text, String name, Path file, int line) {
    try {
      return PasswordHash.parse(text);
    } catch (IllegalArgumentException e) {
      throw FileFault.at(
          file,
          line,
          "the password of '%s' %s. Write it with: millrace passwd %s %s (a whole file of plain passwords: millrace passwd -U %s)"
              .formatted(name, e.getMessage(), file, name, file));
    }
  }

  /// Secrets are not shown: a line without a colon may be one.
  private static String shown(String line) {
    return line.length() > 3 ? line.substring(0, 3) + "…" : line;
  }
}
