package io.millrace.store.commit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings a store that an older version wrote to the format of this one.
///
/// Before the first step everything is copied to `before-format-N` beside the store (links, so it
/// takes a moment); an older version can go on from there. A step must be repeatable: after a
/// crash in the middle all steps from the stored number on run again.
final class FormatUpgrade {
  static final int CURRENT = 2;
  private static final Logger log = LoggerFactory.getLogger(FormatUpgrade.class);
  private static final byte[] FORMAT_KEY = "format".getBytes(StandardCharsets.UTF_8);

  /// One step from a format to the next.
  ///
  /// @param to the number that the store has afterwards
  /// @param what a sentence for people
  record Step(int to, String what, Work work) {}

  /// Changes rows; blocks.
  interface Work {
    void run(CommitStore store);
  }

  private static final List<Step> STEPS =
      List.of(
          new Step(
              2,
              "Blocks of telemetry may carry summaries; those that are there are read as they are.",
              _ -> {}));

  private FormatUpgrade() {}

  /// What opening this store would do; empty when it has the current format.
  static List<Step> pending(CommitStore store) {
    int found = format(store);
    return STEPS.stream().filter(step -> step.to > found).toList();
  }

  /// Copies, then takes all steps; a new store is only numbered.
  ///
  /// @throws StoreDamagedException when the format is of a newer version
  static void run(CommitStore store) {
    if (store.get(Family.META, FORMAT_KEY) == null) {
      number(store, CURRENT);
      return;
    }
    int found = format(store);
    if (found > CURRENT) {
      throw new StoreDamagedException(
          "%s has format %d, this version reads up to %d. Use the newer Millrace that wrote it, or restore a backup."
              .formatted(store.directory(), found, CURRENT),
          new IOException("format " + found));
    }
    var steps = pending(store);
    if (!steps.isEmpty()) {
      var copy = copyBefore(store, steps.getLast().to);
      for (var step : steps) {
        step.work.run(store);
        number(store, step.to);
        log.info("The store now has format {}: {} As it was: {}", step.to, step.what, copy);
      }
    }
  }

  private static Path copyBefore(CommitStore store, int to) {
    var copy = store.directory().resolve("before-format-" + to);
    if (!Files.exists(copy.resolve("complete"))) {
      try {
        CommitStore.deleteTree(copy);
        Files.createDirectories(copy);
        store.checkpoint(copy.resolve("rocksdb"));
        try (Stream<Path> files = Files.list(store.directory())) {
          for (var file :
              files
                  .filter(f -> f.getFileName().toString().startsWith("entities.sqlite"))
                  .toList()) {
            Files.copy(file, copy.resolve(file.getFileName()));
          }
        }
        Files.createFile(copy.resolve("complete"));
      } catch (IOException e) {
        throw new StoreDamagedException(
            "The store could not be copied to %s before its format is changed: %s. Make room there, then start again; nothing was changed."
                .formatted(copy, e.getMessage()),
            e);
      }
    }
    return copy;
  }

  private static int format(CommitStore store) {
    var found = store.get(Family.META, FORMAT_KEY);
    var text = found == null ? "" + CURRENT : new String(found, StandardCharsets.UTF_8);
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new StoreDamagedException(
          "%s has format '%s', which is none. Restore a backup.".formatted(store.directory(), text),
          e);
    }
  }

  private static void number(CommitStore store, int format) {
    try (var commit = store.begin()) {
      commit.put(Family.META, FORMAT_KEY, ("" + format).getBytes(StandardCharsets.UTF_8));
      commit.write();
    }
  }
}
