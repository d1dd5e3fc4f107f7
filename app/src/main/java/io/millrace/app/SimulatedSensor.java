package io.millrace.app;

import io.millrace.base.json.Json;
import io.millrace.base.json.JsonObject;
import io.millrace.base.runtime.Clock;
import io.millrace.base.runtime.Scheduler;
import io.millrace.wire.mqtt.MqttClient;
import io.millrace.wire.mqtt.MqttClientException;
import io.millrace.wire.mqtt.MqttClientOptions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A DHT11 that is not there: publishes temperature and humidity over a real MQTT connection.
///
/// The temperature starts at 20 °C, rises, and swings around that within four minutes, so that the
/// demo's alarm is soon raised and later cleared; it has the sensor's steps of 0.1 °C and 1 %.
final class SimulatedSensor implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(SimulatedSensor.class);
  private static final Duration INTERVAL = Duration.ofSeconds(3);
  private static final double SWING_SECONDS = 240;

  private final MqttClientOptions options;
  private final Clock clock;
  private final RandomGenerator random;
  private final long startNanos;
  private final Scheduler.Cancel schedule;
  private @Nullable MqttClient connection; // only the worker's thread uses it

  /// @param worker runs one task at a time, in order; it may block
  SimulatedSensor(
      int port,
      String accessToken,
      Clock clock,
      Scheduler scheduler,
      RandomGenerator random,
      ExecutorService worker) {
    this.options =
        MqttClientOptions.to("127.0.0.1", port).clientId("simulated-dht11").userName(accessToken);
    this.clock = clock;
    this.random = random;
    this.startNanos = clock.nanos();
    worker.execute(this::publish);
    this.schedule = scheduler.every(INTERVAL, () -> worker.execute(this::publish));
  }

  private void publish() {
    try {
      var client = connection;
      if (client == null || !client.isConnected()) {
        client = MqttClient.connect(options);
        connection = client;
      }
      client.publish("v1/devices/me/telemetry", reading(), 1, false);
    } catch (MqttClientException e) {
      log.warn("The simulated sensor could not publish: {}; it tries again", e.getMessage());
    }
  }

  private byte[] reading() {
    double phase = 2 * Math.PI * (clock.nanos() - startNanos) / 1e9 / SWING_SECONDS;
    double temperature = 20 + 6 * Math.sin(phase) + random.nextGaussian() * 0.2;
    long humidity = Math.round(55 - 12 * Math.sin(phase) + random.nextGaussian());
    return JsonObject.builder()
        .put("temperature", Json.number(Math.round(temperature * 10) / 10.0))
        .put("humidity", humidity)
        .build()
        .toString()
        .getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    schedule.cancel();
  }
}
