package io.millrace.app;

import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import io.millrace.store.entities.Device;
import io.millrace.store.timeseries.RangeQuery;
import io.millrace.store.timeseries.TimeseriesStore;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Unmatched;

/// `millrace export`: telemetry of a device or a tenant as CSV or Parquet, also while Millrace
/// runs.
@Command(
    name = "export",
    description =
        "Writes telemetry of a device or a tenant as CSV or Parquet (by the file's name).")
final class ExportCommand implements Callable<Integer> {
  private static final int PAGE = 50_000;

  @Parameters(paramLabel = "FILE", description = "The file to write: NAME.csv or NAME.parquet.")
  private Path file = Path.of("");

  @Option(names = "--device", description = "Id of a device.")
  private String device = "";

  @Option(names = "--tenant", description = "Id of a tenant: all of its devices.")
  private String tenant = "";

  @Option(names = "--keys", split = ",", description = "Only these keys, as in t,h.")
  private List<String> keys = new ArrayList<>();

  @Option(names = "--from", description = "Not before, as in 2026-11-01T00:00:00Z.")
  private String from = "";

  @Option(names = "--until", description = "Before, as in 2026-12-01T00:00:00Z.")
  private String until = "";

  @Unmatched private List<String> flags = new ArrayList<>();

  private long rows;

  /// Where rows go.
  private interface Table {
    void add(ExportedPoint row) throws IOException;
  }

  @Override
  public Integer call() throws IOException {
    if (device.isEmpty() == tenant.isEmpty()) {
      throw new IllegalArgumentException("Say what to export: --device=ID or --tenant=ID");
    }
    long fromTs = time("--from", from, Long.MIN_VALUE);
    long untilTs = time("--until", until, Long.MAX_VALUE);
    var config = MillraceConfig.read(Map.of(), "export", null, flags);
    var draft = file.resolveSibling(file.getFileName() + ".part");
    try (var stored = StoredData.open(config)) {
      var devices = devices(stored);
      var timeseries = TimeseriesStore.open(stored.commits());
      var progress = new Progress("export");
      progress.begin(devices.size());
      write(
          draft,
          table -> {
            for (var one : devices) {
              export(one, timeseries, fromTs, untilTs, table);
              progress.add(1);
            }
          });
      progress.end();
    }
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    System.out.printf("%s: %,d points%n", file, rows);
    return 0;
  }

  private interface Work {
    void on(Table table) throws IOException;
  }

  private void write(Path draft, Work work) throws IOException {
    var name = file.toString();
    if (name.endsWith(".csv")) {
      try (var out = Files.newBufferedWriter(draft)) {
        out.write(CsvPoints.HEADER + "\n");
        work.on(row -> CsvPoints.write(row, out));
      }
    } else if (name.endsWith(".parquet")) {
      try (var out = new ParquetPoints(new BufferedOutputStream(Files.newOutputStream(draft)))) {
        work.on(out::add);
      }
    } else {
      throw new IllegalArgumentException(
          "%s is neither .csv nor .parquet; the ending says what to write".formatted(name));
    }
  }

  private List<Device> devices(StoredData stored) {
    if (!device.isEmpty()) {
      var id = EntityId.of(EntityType.DEVICE, device);
      return List.of(
          stored
              .entities()
              .devices()
              .find(id)
              .orElseThrow(() -> new IllegalArgumentException("There is no device " + device)));
    }
    var id = EntityId.of(EntityType.TENANT, tenant);
    var all = new ArrayList<Device>();
    for (int page = 0; ; page++) {
      var found =
          stored
              .entities()
              .devices()
              .page(
                  id, new io.millrace.store.entities.PageLink(100, page, "", "createdTime", true));
      all.addAll(found.data());
      if (!found.hasNext()) {
        return all;
      }
    }
  }

  private void export(
      Device one, TimeseriesStore timeseries, long fromTs, long untilTs, Table table)
      throws IOException {
    for (var key : timeseries.keys(one.id())) {
      if (keys.isEmpty() || keys.contains(key)) {
        long next = fromTs;
        for (boolean isMore = true; isMore; ) {
          var points = timeseries.read(one.id(), RangeQuery.oldest(key, next, untilTs, PAGE));
          for (var point : points) {
            table.add(new ExportedPoint(one.id(), one.name(), point));
          }
          rows += points.size();
          isMore = points.size() == PAGE;
          next = points.isEmpty() ? next : points.getLast().ts() + 1;
        }
      }
    }
  }

  private static long time(String option, String text, long fallback) {
    try {
      return text.isEmpty() ? fallback : Instant.parse(text).toEpochMilli();
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "%s=%s is no time such as 2026-11-01T00:00:00Z".formatted(option, text), e);
    } catch (UncheckedIOException e) {
      throw e;
    }
  }
}
