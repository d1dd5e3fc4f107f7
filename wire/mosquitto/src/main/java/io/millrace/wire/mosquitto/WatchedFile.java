package io.millrace.wire.mosquitto;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a text file says, read again when it changes; a file that has become unusable is logged
/// and what it said before stays. Any thread.
final class WatchedFile<T> {
  private static final Logger log = LoggerFactory.getLogger(WatchedFile.class);
  private static final long BYTES_MAX = 64_000_000;

  private final Path file;
  private final BiFunction<Path, List<String>, T> parse;
  private volatile T current;
  private String seen;

  WatchedFile(Path file, BiFunction<Path, List<String>, T> parse) {
    this.file = file;
    this.parse = parse;
    this.seen = stamp();
    this.current = parse.apply(file, lines(file));
  }

  T current() {
    return current;
  }

  synchronized void reloadIfChanged() {
    if (!stamp().equals(seen)) {
      reload();
    }
  }

  synchronized void reload() {
    seen = stamp();
    try {
      current = parse.apply(file, lines(file));
      log.info("{} was read again", file);
    } catch (FileFault e) {
      log.warn("{} is not taken over, what it said before stays: {}", file, e.getMessage());
    }
  }

  static List<String> lines(Path file) {
    try {
      if (Files.size(file) > BYTES_MAX) {
        throw new FileFault(
            "%s has %d bytes; %d are read at most".formatted(file, Files.size(file), BYTES_MAX));
      }
      return Files.readAllLines(file, StandardCharsets.UTF_8);
    } catch (MalformedInputException e) {
      throw new FileFault(file + " is not UTF-8 text");
    } catch (IOException e) {
      throw new FileFault(
          "%s cannot be read (%s). Check the path, and that the user who runs Millrace may read it."
              .formatted(file, e.getClass().getSimpleName()));
    }
  }

  private String stamp() {
    try {
      return Files.getLastModifiedTime(file) + " " + Files.size(file);
    } catch (IOException e) {
      return "missing";
    }
  }
}
