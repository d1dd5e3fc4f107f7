package io.millrace.app;

import io.millrace.base.json.JsonDouble;
import io.millrace.base.json.JsonObject;
import io.millrace.base.runtime.Clock;
import io.millrace.base.runtime.Scheduler;
import io.millrace.wire.kafka.KafkaUnavailableException;
import io.millrace.wire.kafka.RecordSender;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Thirty vehicles that are not there, on their rounds through a town: each second their positions
/// go to a Kafka topic through a real Kafka client, keyed by vehicle.
final class SimulatedFleet implements AutoCloseable {
  static final String TOPIC = "vehicle-coordinates";
  static final int VEHICLES = 30;
  private static final Logger log = LoggerFactory.getLogger(SimulatedFleet.class);
  private static final Duration INTERVAL = Duration.ofSeconds(1);
  private static final double KM_PER_SECOND_PER_KMH = 1.0 / 3_600;

  private final RecordSender kafka;
  private final Clock clock;
  private final Scheduler.Cancel schedule;
  private final List<Vehicle> vehicles = new ArrayList<>();
  private long lastNanos;
  private boolean wasSent;

  /// One vehicle; only the worker's thread moves it.
  private static final class Vehicle {
    final String name;
    final FleetPath path;
    final double cruiseKmh;
    double km;

    Vehicle(int number, SplittableRandom random) {
      name = "vehicle-%02d".formatted(number);
      path = new FleetPath(random);
      cruiseKmh = random.nextDouble(35, 65);
      km = random.nextDouble(path.lengthKm());
    }

    void move(double seconds) {
      double nearCorner = Math.min(1, 0.35 + path.toCorner(km) * 8);
      km += cruiseKmh * nearCorner * seconds * KM_PER_SECOND_PER_KMH;
    }

    byte[] position() {
      var place = path.at(km);
      return JsonObject.builder()
          .put("latitude", new JsonDouble(place.latitude()))
          .put("longitude", new JsonDouble(place.longitude()))
          .build()
          .toString()
          .getBytes(StandardCharsets.UTF_8);
    }
  }

  /// @param worker runs one task at a time, in order; it may block
  SimulatedFleet(RecordSender kafka, Clock clock, Scheduler scheduler, ExecutorService worker) {
    this.kafka = kafka;
    this.clock = clock;
    this.lastNanos = clock.nanos();
    var random = new SplittableRandom(2026); // the same town every time
    for (int i = 1; i <= VEHICLES; i++) {
      vehicles.add(new Vehicle(i, random));
    }
    schedule = scheduler.every(INTERVAL, () -> worker.execute(this::drive));
  }

  private void drive() {
    long now = clock.nanos();
    double seconds = Math.min((now - lastNanos) / 1e9, 5);
    lastNanos = now;
    vehicles.forEach(vehicle -> vehicle.move(seconds));
    try {
      for (var vehicle : vehicles) {
        kafka.send(TOPIC, vehicle.name, vehicle.position());
      }
      wasSent = true;
    } catch (KafkaUnavailableException away) {
      if (wasSent) {
        wasSent = false;
        log.warn("The simulated fleet waits: {}", away.getMessage());
      }
    }
  }

  @Override
  public void close() {
    schedule.cancel();
  }
}
