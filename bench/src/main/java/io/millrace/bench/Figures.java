package io.millrace.bench;

import io.millrace.base.json.JsonDouble;
import io.millrace.base.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;

/// What a bench measured, printed as it comes and written as JSON at the end.
final class Figures {
  private final JsonObject.Builder json =
      JsonObject.builder()
          .put("when", Instant.now().toString())
          .put("processors", Runtime.getRuntime().availableProcessors())
          .put("java", Runtime.version().toString());

  /// Many times of the same thing: the median with what lies around it.
  void times(String name, String unit, double[] values) {
    var sorted = values.clone();
    Arrays.sort(sorted);
    double median = sorted[sorted.length / 2];
    double p99 = sorted[(int) (sorted.length * 0.99)];
    System.out.printf(
        "%s: median %.3f %s (%.3f to %.3f, p99 %.3f, %d times)%n",
        name, median, unit, sorted[0], sorted[sorted.length - 1], p99, sorted.length);
    json.put(
        name,
        JsonObject.builder()
            .put("unit", unit)
            .put("median", new JsonDouble(median))
            .put("min", new JsonDouble(sorted[0]))
            .put("max", new JsonDouble(sorted[sorted.length - 1]))
            .put("p99", new JsonDouble(p99))
            .put("times", sorted.length)
            .build());
  }

  void one(String name, String unit, double value) {
    System.out.printf("%s: %,.3f %s%n", name, value, unit);
    keep(name, unit, value);
  }

  /// Into the file only: printed elsewhere, in a table.
  void keep(String name, String unit, double value) {
    json.put(
        name, JsonObject.builder().put("unit", unit).put("value", new JsonDouble(value)).build());
  }

  /// Writes all of it, unless `file` is empty.
  void write(String file) throws IOException {
    if (!file.isEmpty()) {
      Files.writeString(Path.of(file), json.build() + "\n");
    }
  }
}
