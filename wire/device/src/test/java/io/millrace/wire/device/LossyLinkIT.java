package io.millrace.wire.device;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.base.config.Settings;
import io.millrace.base.json.JsonLong;
import io.millrace.base.model.EntityId;
import io.millrace.store.timeseries.RangeQuery;
import io.millrace.testkit.LossyLink;
import io.millrace.wire.mqtt.Authorizer;
import io.millrace.wire.mqtt.MqttClient;
import io.millrace.wire.mqtt.MqttClientException;
import io.millrace.wire.mqtt.MqttClientOptions;
import io.millrace.wire.mqtt.MqttConfig;
import io.millrace.wire.mqtt.MqttServer;
import io.millrace.wire.mqtt.codec.ReasonCode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A device whose network breaks in the middle of packets, again and again.
class LossyLinkIT {
  private static final int MESSAGES = 400;
  private static final int CUTS_MIN = 20;
  private static final int CARRIED_MAX = 1_500;
  private static final int WINDOW = 20;
  private static final long FIRST_TS = 1_767_225_600_000L;
  private static final long SEED = 20_261_122;

  @TempDir Path directory;
  private final ArrayList<AutoCloseable> parts = new ArrayList<>();
  private DeviceHouse house;
  private LossyLink link;

  @BeforeEach
  void open() throws IOException {
    house = part(new DeviceHouse(directory));
    var devices =
        part(
            new DeviceMqtt(
                house.config,
                house.entities,
                house.attributes,
                house.pipeline.ingest(),
                new GatewayDevices(house.entities, () -> house.ids.next().toString()),
                house.rpcs,
                house.questions,
                house.clock,
                house.counters));
    var server =
        part(
            MqttServer.open(
                Settings.of()
                    .addFlags(List.of("--mqtt.port=0", "--mqtt.websocket.port=-1"))
                    .bind("mqtt", MqttConfig.class),
                "127.0.0.1",
                part(new DeviceAuthenticator(house.entities)),
                Authorizer.ALL,
                devices,
                house.clock,
                house.scheduler,
                house.ids,
                house.counters));
    link = part(new LossyLink(server.ports().getFirst(), CARRIED_MAX, SEED));
  }

  @AfterEach
  void close() throws Exception {
    for (var part : parts.reversed()) {
      part.close();
    }
  }

  @Test
  void aDeviceThatSendsAgainWhatWasNotAcknowledgedHasAllOfItStoredOnce() {
    var device = house.device("D", "TOKEN", false).id();
    var waiting = new ConcurrentSkipListSet<Long>();
    LongStream.range(0, MESSAGES).forEach(waiting::add);
    long next = MESSAGES;
    while (!waiting.isEmpty()) {
      send(waiting);
      while (link.cuts() < CUTS_MIN && waiting.size() < WINDOW) {
        waiting.add(next++); // until the link has been bad enough
      }
    }
    assertThat(link.cuts()).isGreaterThanOrEqualTo(CUTS_MIN);
    assertThat(stored(device)).isEqualTo(LongStream.range(0, next).boxed().toList());
    assertThat(house.timeseries.latest(device, List.of("n")).getFirst().value())
        .isEqualTo(new JsonLong(next - 1));
  }

  /// One connection, for as long as it lasts.
  private void send(NavigableSet<Long> waiting) {
    var options = MqttClientOptions.to("127.0.0.1", link.port()).userName("TOKEN").window(WINDOW);
    try (var client = MqttClient.connect(options)) {
      var sent = new ArrayList<CompletableFuture<Void>>();
      for (long n : List.copyOf(waiting)) {
        var body = "{\"ts\":%d,\"values\":{\"n\":%d}}".formatted(FIRST_TS + n, n).getBytes(UTF_8);
        sent.add(
            client
                .send("v1/devices/me/telemetry", body, 1, false)
                .thenAccept(code -> acknowledged(code, n, waiting)));
      }
      CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new)).join();
    } catch (MqttClientException | CompletionException cut) {
      // what was not acknowledged goes with the next connection
    }
  }

  private static void acknowledged(ReasonCode code, long n, NavigableSet<Long> waiting) {
    assertThat(code).isEqualTo(ReasonCode.SUCCESS);
    waiting.remove(n);
  }

  private List<Long> stored(EntityId device) {
    return house
        .timeseries
        .read(device, RangeQuery.oldest("n", FIRST_TS, Long.MAX_VALUE, 1_000_000))
        .stream()
        .map(
            point -> point.value() instanceof JsonLong(long n) ? Long.valueOf(n) : Long.valueOf(-1))
        .toList();
  }

  private <T extends AutoCloseable> T part(T part) {
    parts.add(part);
    return part;
  }
}
