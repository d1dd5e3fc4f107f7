package io.millrace.app;

import io.millrace.base.model.EntityId;
import io.millrace.base.model.Point;
import io.millrace.store.commit.CommitStore;
import io.millrace.store.timeseries.TimeseriesStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Unmatched;

/// `millrace import-telemetry`: telemetry from CSV as `millrace export` writes it: into a stopped
/// Millrace's data, or with `--url` through the API of a running one.
///
/// `FILE.progress` remembers how many rows are stored; the same command goes on there. Rows that
/// are imported twice change nothing.
@Command(
    name = "import-telemetry",
    description =
        "Reads telemetry from a CSV file; goes on where an earlier import was broken off.")
final class ImportTelemetryCommand implements Callable<Integer> {
  private static final int ROWS_PER_COMMIT = 5_000;
  private static final int ROWS_PER_REQUEST = 1_000;

  @Parameters(
      paramLabel = "FILE",
      description = "A CSV file: entityType,entityId,name,ts,key,value")
  private Path file = Path.of("");

  @Option(
      names = "--url",
      description = "A running Millrace, as in http://localhost:8080: through its API.")
  private String url = "";

  @Option(names = "--user", description = "With --url: who signs in.")
  private String user = "";

  @Option(names = "--password", description = "With --url: the password; MILLRACE_PASSWORD else.")
  private String password = System.getenv().getOrDefault("MILLRACE_PASSWORD", "");

  @Unmatched private List<String> flags = new ArrayList<>();

  private long rows;

  /// Where rows go; what was saved stays.
  interface Target extends AutoCloseable {
    void save(List<ExportedPoint> batch) throws IOException;

    @Override
    void close() throws IOException;
  }

  @Override
  public Integer call() throws IOException {
    var mark = file.resolveSibling(file.getFileName() + ".progress");
    long done = Files.exists(mark) ? Long.parseLong(Files.readString(mark).strip()) : 0;
    if (done > 0) {
      System.out.printf("%,d rows are stored already; going on there%n", done);
    }
    var progress = new Progress("import");
    progress.begin(Files.size(file));
    try (var target = target();
        var in = Files.newBufferedReader(file)) {
      header(in);
      for (var batch = batch(in, progress); !batch.isEmpty(); batch = batch(in, progress)) {
        if (rows > done) {
          target.save(batch);
          Files.writeString(mark, rows + "\n");
        }
      }
    }
    Files.deleteIfExists(mark);
    progress.end();
    System.out.printf("%s: %,d points%n", file, rows);
    return 0;
  }

  private Target target() throws IOException {
    return url.isEmpty() ? stopped() : TelemetryUpload.signIn(url, user, password);
  }

  private Target stopped() throws IOException {
    var config = MillraceConfig.read(Map.of(), "import-telemetry", null, flags);
    var stored = StoredData.open(config);
    if (stored.isSnapshot()) {
      stored.close();
      throw new IllegalArgumentException(
          "Millrace is running on %s; stop it for the import, or import through it: --url=http://localhost:8080 --user=NAME"
              .formatted(config.data().dir()));
    }
    var timeseries = TimeseriesStore.open(stored.commits());
    return new Target() {
      @Override
      public void save(List<ExportedPoint> batch) {
        ImportTelemetryCommand.save(stored.commits(), timeseries, batch);
      }

      @Override
      public void close() {
        stored.close();
      }
    };
  }

  private void header(BufferedReader in) throws IOException {
    var header = in.readLine();
    if (!CsvPoints.HEADER.equals(header)) {
      throw new IllegalArgumentException(
          "%s begins with '%s', not with the line %s".formatted(file, header, CsvPoints.HEADER));
    }
  }

  private List<ExportedPoint> batch(BufferedReader in, Progress progress) throws IOException {
    var batch = new ArrayList<ExportedPoint>();
    for (var fields = fields(in); fields != null; fields = fields(in)) {
      try {
        batch.add(CsvPoints.read(fields));
      } catch (IllegalArgumentException e) {
        throw wrong(e);
      }
      rows++;
      progress.add(fields.stream().mapToLong(field -> field.length() + 1L).sum());
      if (batch.size() == (url.isEmpty() ? ROWS_PER_COMMIT : ROWS_PER_REQUEST)) {
        break;
      }
    }
    return batch;
  }

  private @Nullable List<String> fields(BufferedReader in) throws IOException {
    try {
      return CsvPoints.row(in);
    } catch (IllegalArgumentException e) {
      throw wrong(e);
    }
  }

  private IllegalArgumentException wrong(IllegalArgumentException e) {
    return new IllegalArgumentException(
        "%s, row %d %s. Correct it and start the same command again: it goes on there."
            .formatted(file, rows + 1, e.getMessage()),
        e);
  }

  private static void save(
      CommitStore commits, TimeseriesStore timeseries, List<ExportedPoint> batch) {
    var byEntity = new LinkedHashMap<EntityId, List<Point>>();
    for (var row : batch) {
      byEntity.computeIfAbsent(row.entity(), _ -> new ArrayList<>()).add(row.point());
    }
    try (var commit = commits.begin()) {
      byEntity.forEach((entity, points) -> timeseries.save(commit, entity, points));
      commit.write();
    }
  }
}
