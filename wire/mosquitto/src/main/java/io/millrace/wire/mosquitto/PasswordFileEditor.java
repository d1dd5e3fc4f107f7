package io.millrace.wire.mosquitto;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// Changes a password file as `mosquitto_passwd` does; other lines stay as they are.
public final class PasswordFileEditor {
  private final Path file;

  public PasswordFileEditor(Path file) {
    this.file = file;
  }

  /// Adds a user or replaces the password.
  ///
  /// @param hash as it shall stand in the file
  /// @return true when the user was there before
  public boolean put(String user, String hash) {
    check(user);
    var lines = lines();
    boolean known = lines.removeIf(line -> isOf(line, user));
    lines.add(user + ":" + hash);
    write(lines);
    return known;
  }

  /// Takes a user out.
  ///
  /// @return false when there is no such user
  public boolean remove(String user) {
    var lines = lines();
    if (!lines.removeIf(line -> isOf(line, user))) {
      return false;
    }
    write(lines);
    return true;
  }

  /// Starts an empty file in place of whatever is there.
  public void create() {
    write(List.of());
  }

  /// Hashes every plain password of the file; what is hashed stays.
  ///
  /// @return how many were hashed
  public int hashPlain(Function<String, String> hash) {
    var lines = lines();
    int count = 0;
    for (int i = 0; i < lines.size(); i++) {
      var line = lines.get(i);
      int colon = line.indexOf(':');
      boolean isPlain = colon > 0 && !line.startsWith("#") && !line.startsWith("$", colon + 1);
      if (isPlain) {
        lines.set(i, line.substring(0, colon + 1) + hash.apply(line.substring(colon + 1)));
        count++;
      }
    }
    write(lines);
    return count;
  }

  private List<String> lines() {
    return new ArrayList<>(WatchedFile.lines(file));
  }

  private static boolean isOf(String line, String user) {
    return line.startsWith(user + ":");
  }

  private static void check(String user) {
    if (user.isEmpty() || user.contains(":") || user.chars().anyMatch(c -> c < ' ')) {
      throw new FileFault(
          "'%s' cannot be a user name: it must not be empty nor hold a colon".formatted(user));
    }
    if (user.length() > 65_535) {
      throw new FileFault("A user name has 65,535 characters at most");
    }
  }

  /// A reader of the file sees the old lines or the new ones, and nobody else may read secrets.
  private void write(List<String> lines) {
    try {
      var whole = file.toAbsolutePath();
      var fresh = Files.createTempFile(whole.getParent(), ".passwd", ".new");
      try {
        Files.setPosixFilePermissions(
            fresh,
            Files.exists(whole)
                ? Files.getPosixFilePermissions(whole)
                : PosixFilePermissions.fromString("rw-------"));
        Files.write(fresh, lines);
        Files.move(
            fresh, whole, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(fresh);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("%s cannot be written".formatted(file), e);
    }
  }
}
