package io.millrace.app;

import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import io.millrace.store.timeseries.TelemetryBlocks;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Unmatched;

/// `millrace inspect`: the blocks of telemetry as they lie on the disk.
@Command(name = "inspect", description = "Lists the blocks of telemetry as they lie on the disk.")
final class InspectCommand implements Callable<Integer> {
  @Option(names = "--device", description = "Only of the device with this id.")
  private String device = "";

  @Option(names = "--points", description = "With all their points.")
  private boolean withPoints;

  @Unmatched private List<String> flags = new ArrayList<>();

  private long blocks;
  private long bytes;
  private long points;

  @Override
  public Integer call() throws IOException {
    var config = MillraceConfig.read(Map.of(), "inspect", null, flags);
    try (var stored = StoredData.open(config)) {
      var telemetry = new TelemetryBlocks(stored.commits());
      if (device.isEmpty()) {
        telemetry.list(withPoints, this::print);
      } else {
        telemetry.list(EntityId.of(EntityType.DEVICE, device), withPoints, this::print);
      }
    }
    System.out.printf(
        "%,d blocks, %,d bytes, %,d points, %.2f bytes each before the files are compressed%n",
        blocks, bytes, points, points == 0 ? 0 : (double) bytes / points);
    return 0;
  }

  private void print(TelemetryBlocks.BlockView block) {
    blocks++;
    bytes += block.bytes();
    points += (long) block.rows() * block.keys().size();
    System.out.printf(
        "%s  %s  %d rows  %s to %s  %d bytes  %s%n",
        block.entity(),
        LocalDate.ofEpochDay(block.day()),
        block.rows(),
        Instant.ofEpochMilli(block.firstTs()),
        Instant.ofEpochMilli(block.lastTs()),
        block.bytes(),
        String.join(", ", block.keys()));
    for (var point : block.points()) {
      System.out.printf("    %d %s %s%n", point.ts(), point.key(), point.value());
    }
  }
}
