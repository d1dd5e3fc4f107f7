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
      if (isCsv()) {
        writeCsv(draft, devices, timeseries, fromTs, untilTs, progress);
      } else {
        try (var out = new ParquetPoints(new BufferedOutputStream(Files.newOutputStream(draft)))) {
          for (var one : devices) {
            export(one, timeseries, fromTs, untilTs, out::add);
            progress.add(1);
          }
        }
      }
      progress.end();
    }
    ExportMark.delete(draft);
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    System.out.printf("%s: %,d points%n", file, rows);
    return 0;
  }

  private boolean isCsv() {
    var name = file.toString();
    if (!name.endsWith(".csv") && !name.endsWith(".parquet")) {
      throw new IllegalArgumentException(
          "%s is neither .csv nor .parquet; the ending says what to write".formatted(name));
    }
    return name.endsWith(".csv");
  }

  /// Device by device; goes on after the last one that a broken-off export has written whole.
  private void writeCsv(
      Path draft,
      List<Device> devices,
      TimeseriesStore timeseries,
      long fromTs,
      long untilTs,
      Progress progress)
      throws IOException {
    var what = String.join(" ", device, tenant, String.join(",", keys), from, until);
    var mark = ExportMark.read(draft, what);
    if (mark.devices() > 0) {
      System.out.printf("%,d devices are written already; going on there%n", mark.devices());
    }
    rows = mark.rows();
    progress.add(mark.devices());
    try (var out = mark.reopen(draft)) {
      if (mark.devices() == 0) {
        out.write(CsvPoints.HEADER + "\n");
      }
      for (int i = mark.devices(); i < devices.size(); i++) {
        export(devices.get(i), timeseries, fromTs, untilTs, row -> CsvPoints.write(row, out));
        out.flush();
        new ExportMark(what, i + 1, Files.size(draft), rows).write(draft);
        progress.add(1);
      }
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
