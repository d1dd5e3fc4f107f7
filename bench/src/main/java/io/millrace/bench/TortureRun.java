package io.millrace.bench;

import io.millrace.base.json.JsonObject;
import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import io.millrace.testkit.FaultyDisk;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// One torture: publishers, faults, kills, and the checks after each.
final class TortureRun {
  private static final int DEVICES = 4;
  private static final int KILLS_MIN = 2;
  private static final int LOAD_MIN = 200; // acknowledged before the first fault
  private static final int TIMEOUT_SECONDS = 60;

  private final FaultyDisk disk;
  private final Random random;
  private final boolean isQuick;
  private final TortureServer server;
  private final TortureChecks checks;
  private final List<TortureSender> senders = new ArrayList<>();
  private int kills;
  private int stops;
  private int full;
  private int broken;
  private int slow;
  private int jumps;

  /// @param isQuick kills as soon as there was some load, most of the time without another fault
  TortureRun(TortureServer server, FaultyDisk disk, long seed, boolean isQuick) {
    this.server = server;
    this.disk = disk;
    this.isQuick = isQuick;
    checks = new TortureChecks(server);
    random = new Random(seed);
    for (int i = 0; i < DEVICES; i++) {
      senders.add(new TortureSender("TORTURE_" + i));
    }
  }

  /// Goes on for that long, and until that many kills.
  String run(Duration length, int killsWanted) throws IOException, InterruptedException {
    long end = System.nanoTime() + length.toNanos();
    do {
      start();
      loadAndFaults();
    } while (System.nanoTime() < end || kills < Math.max(KILLS_MIN, killsWanted));
    start();
    var tenant = tenant();
    server.stop();
    TortureChecks.checkLog(server.data(), tenant, senders);
    return report();
  }

  /// As far as it is.
  String report() {
    return "%,d messages acknowledged, all stored, none twice; %d kills, %d stops, %d times a full disk, %d a broken one, %d a slow one, %d clock jumps"
        .formatted(acknowledged(), kills, stops, full, broken, slow, jumps);
  }

  private long acknowledged() {
    return senders.stream().mapToLong(sender -> sender.acknowledged().cardinality()).sum();
  }

  private void start() throws IOException, InterruptedException {
    server.start();
    for (var sender : senders) {
      sender.create(server);
      checks.check(sender);
    }
    if (kills > 0 && kills % 25 == 0) {
      System.out.println(report());
    }
  }

  private EntityId tenant() throws IOException, InterruptedException {
    var device = (JsonObject) server.send("/api/device/" + senders.get(0).id(), null);
    var id = device.get("tenantId") instanceof JsonObject json ? json.text("id", "") : "";
    return EntityId.of(EntityType.TENANT, id);
  }

  /// Load with a fault now and then and somebody reading, and a sudden or a polite end.
  private void loadAndFaults() throws InterruptedException {
    var ended = new CountDownLatch(DEVICES + 1);
    for (var sender : senders) {
      Thread.ofVirtual().start(() -> publish(sender, ended));
    }
    Thread.ofVirtual().start(() -> read(ended));
    awaitLoad();
    int faults = isQuick && random.nextInt(4) > 0 ? 0 : 1 + random.nextInt(isQuick ? 2 : 6);
    pause(random.nextInt(isQuick ? 100 : 400));
    for (int i = 0; i < faults; i++) {
      fault();
      pause(200 + random.nextInt(400));
    }
    if (!isQuick && random.nextInt(4) == 0) {
      stops++;
      server.stop();
    } else {
      kills++;
      server.kill();
    }
    if (!ended.await(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
      throw new IllegalStateException("Publishers did not see the end of the process");
    }
  }

  private void awaitLoad() throws InterruptedException {
    long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS);
    for (long before = acknowledged(); acknowledged() < before + LOAD_MIN; ) {
      if (System.nanoTime() > limit) {
        throw new IllegalStateException("Nothing is acknowledged without any fault");
      }
      pause(20);
    }
  }

  private void fault() throws InterruptedException {
    switch (random.nextInt(6)) {
      case 0 -> {
        full++;
        failFrom(FaultyDisk.Fault.STAYS_FULL);
      }
      case 1 -> {
        broken++;
        var fault = random.nextBoolean() ? FaultyDisk.Fault.TORN : FaultyDisk.Fault.UNSYNCED;
        failFrom(random.nextBoolean() ? FaultyDisk.Fault.STAYS_BROKEN : fault);
      }
      case 2 -> {
        slow++;
        disk.slow(Duration.ofMillis(1 + random.nextInt(40)));
      }
      case 3 -> {
        jumps++;
        disk.shiftClock(Duration.ofMinutes(random.nextInt(-60, 61)));
      }
      default -> disk.healthy();
    }
  }

  /// Some time with such a disk; now healed, so that the process goes on, now killed with it.
  private void failFrom(FaultyDisk.Fault fault) throws InterruptedException {
    disk.failWrite(1 + random.nextInt(20), fault);
    pause(300 + random.nextInt(700));
    if (random.nextBoolean()) {
      disk.healthy();
      if (!isQuick) {
        awaitLoad(); // by itself, in the same process
      }
    }
  }

  private void publish(TortureSender sender, CountDownLatch ended) {
    try {
      while (server.isAlive()) {
        sender.publish(server.port("mqtt.port"), random);
        pause(20);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      ended.countDown();
    }
  }

  /// Asks for alarms as a page does; whatever the answer, the process must live with it.
  private void read(CountDownLatch ended) {
    try {
      while (server.isAlive()) {
        try {
          server.send("/api/alarms?pageSize=20&page=0", null);
        } catch (IOException | IllegalStateException killedOrBroken) {
          // the checks after the restart say what holds
        }
        pause(20);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      ended.countDown();
    }
  }

  private static void pause(int ms) throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(ms);
  }
}
