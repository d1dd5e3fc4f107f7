package io.millrace.bench;

import io.millrace.base.json.JsonBoolean;
import io.millrace.base.json.JsonDouble;
import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonString;
import io.millrace.base.json.JsonValue;
import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import io.millrace.base.model.Point;
import io.millrace.store.commit.CommitStore;
import io.millrace.store.timeseries.TimeseriesStore;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;

/// Sensor data: devices of ten keys each (five doubles as sensors give them, one of full precision,
/// two whole numbers, a boolean, a word). Device 0 sends every second, the others in turn, with
/// jitter. Fifty messages, 500 points, are one durable commit.
final class StoreLoad {
  static final long START = 1_767_225_600_000L;
  static final int KEYS = 10;
  static final int MESSAGES = 50;
  private static final String[] NAMES = {
    "temperature",
    "humidity",
    "pressure",
    "voltage",
    "current",
    "noise",
    "counter",
    "rssi",
    "on",
    "mode"
  };
  private static final JsonString[] MODES = {
    new JsonString("idle"), new JsonString("heat"), new JsonString("cool")
  };

  private final CommitStore commits;
  private final TimeseriesStore store;
  private final int first;
  private final int devices;
  private final SplittableRandom random = new SplittableRandom(7);
  private final double[] levels;
  private long second;
  private int next = 1;
  private long counter;

  StoreLoad(CommitStore commits, TimeseriesStore store, int devices) {
    this(commits, store, 0, devices);
  }

  /// One of several loads at a time: that of the devices from number `first` on.
  StoreLoad(CommitStore commits, TimeseriesStore store, int first, int devices) {
    this.commits = commits;
    this.store = store;
    this.first = first;
    this.devices = devices;
    levels = new double[devices];
  }

  static EntityId device(int number) {
    return new EntityId(EntityType.DEVICE, new UUID(0x4d696c6c_72616365L, number));
  }

  /// One durable commit of 500 points: five seconds of device 0, and 45 other messages.
  void commit() {
    try (var commit = commits.begin()) {
      for (int i = 0; i < MESSAGES; i++) {
        if (i % 10 == 0) {
          store.save(commit, device(first), points(0, START + second++ * 1_000));
        } else {
          next = next + 1 >= devices ? 1 : next + 1;
          long ts = START + second * 1_000 + random.nextInt(1_000);
          store.save(commit, device(first + next % devices), points(next % devices, ts));
        }
      }
      commit.write();
    }
  }

  /// The last time that device 0 sent, exclusive.
  long end() {
    return START + second * 1_000;
  }

  List<Point> points(int device, long ts) {
    double level = levels[device] += random.nextInt(-2, 3) / 10.0;
    var points = new ArrayList<Point>(KEYS);
    JsonValue[] values = {
      new JsonDouble(Math.rint((20 + level) * 10) / 10),
      new JsonDouble(Math.rint((50 + level) * 2) / 2),
      new JsonDouble(Math.rint((1013 + level) * 10) / 10),
      new JsonDouble(Math.rint((230 + level) * 100) / 100),
      new JsonDouble(Math.rint(Math.abs(level) * 1_000) / 1_000),
      new JsonDouble(random.nextDouble()),
      new JsonLong(counter++),
      new JsonLong(-60 - random.nextInt(20)),
      JsonBoolean.of((counter & 0x3F) < 40),
      MODES[(int) (counter >> 8) % MODES.length]
    };
    for (int i = 0; i < KEYS; i++) {
      points.add(new Point(NAMES[i], ts, values[i]));
    }
    return points;
  }
}
