package io.millrace.wire.mosquitto;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Reads mosquitto.conf and what it includes; collects every fault before it gives up.
final class ConfReader {
  private static final int FILES_MAX = 1_000;

  private final ConfModel model = new ConfModel();
  private final List<String> faults = new ArrayList<>();
  private int files;

  /// Reads a file and all that it includes.
  ///
  /// @throws FileFault naming every fault with file, line and cure
  static ConfModel read(Path file) {
    var reader = new ConfReader();
    reader.file(file, false);
    reader.faultsOf(reader.model::check);
    if (!reader.faults.isEmpty()) {
      throw new FileFault(String.join(System.lineSeparator(), reader.faults));
    }
    return reader.model;
  }

  private void file(Path file, boolean isIncluded) {
    if (++files > FILES_MAX) {
      throw new FileFault("%s: more than %d included files".formatted(file, FILES_MAX));
    }
    var lines = WatchedFile.lines(file);
    for (int i = 0; i < lines.size(); i++) {
      int number = i + 1;
      var line = lines.get(i);
      faultsOf(() -> line(file, number, line, isIncluded));
    }
  }

  private void line(Path file, int number, String line, boolean isIncluded) {
    if (line.startsWith("#") || line.isBlank()) {
      return;
    }
    var words = line.strip().split("\\s+", 2);
    var parsed = new ConfLine(file, number, words[0], words.length < 2 ? "" : words[1]);
    if (parsed.name().equals("include_dir")) {
      if (isIncluded) {
        throw parsed.fault("an included file cannot include others");
      }
      include(parsed);
      return;
    }
    var option = ConfOptions.find(parsed.name());
    if (option == null) {
      throw new FileFault(
          "%s: unknown option %s.%s"
              .formatted(parsed.place(), parsed.name(), ConfOptions.nearest(parsed.name())));
    }
    model.take(option, parsed);
  }

  /// Mosquitto: the files that end in `.conf`, capital letters first.
  private void include(ConfLine line) {
    try (Stream<Path> inside = Files.list(line.path())) {
      inside
          .filter(path -> path.toString().endsWith(".conf"))
          .sorted(java.util.Comparator.comparing(path -> path.getFileName().toString()))
          .forEach(path -> file(path, true));
    } catch (IOException e) {
      throw line.fault("the directory %s cannot be read".formatted(line.value()));
    }
  }

  private void faultsOf(Runnable work) {
    try {
      work.run();
    } catch (FileFault e) {
      faults.add(e.getMessage());
    }
  }
}
