package io.millrace.wire.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.base.json.JsonNull;
import io.millrace.base.runtime.Counters;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What Prometheus reads.
class MetricsTest {
  private static final Path PAGE = Path.of("..", "..", "docs", "metrics.md");

  @Test
  void aStrictReaderTakesAllOfIt(@TempDir Path directory) throws Exception {
    try (var house = new AdminHouse(directory, AdminHouse.DEFAULTS);
        var client = house.client("c")) {
      client.publish("a", new byte[3], 1, false);
      var answer =
          house
              .http()
              .send(
                  HttpRequest.newBuilder(house.uri("/metrics")).build(),
                  HttpResponse.BodyHandlers.ofString());
      assertThat(answer.headers().firstValue("Content-Type"))
          .contains("text/plain; version=0.0.4; charset=utf-8");
      var read = PrometheusParser.read(answer.body());
      assertThat(read.value("millrace_mqtt_connections")).isEqualTo(1);
      assertThat(read.value("millrace_mqtt_connects_total")).isEqualTo(1);
      assertThat(read.value("millrace_info{version=\"0.0-test\"}")).isEqualTo(1);
      assertThat(read.value("jvm_memory_used_bytes{area=\"heap\"}")).isPositive();
      assertThat(read.types())
          .containsEntry("process_cpu_seconds_total", "counter")
          .containsEntry("jvm_gc_collection_seconds", "summary")
          .containsEntry("process_start_time_seconds", "gauge");
      assertThat(house.call("GET", "/metrics", JsonNull.NULL, null).status()).isEqualTo(200);
    }
  }

  @Test
  void strangeNamesAndValuesStayWithinTheFormat() {
    var counters = new Counters();
    counters.count("Room.odd-name\n\"x\"").increment();
    counters.gauge("room.negative", () -> -5);
    counters.gauge("room.large", () -> Long.MAX_VALUE);
    var read = PrometheusParser.read(new Metrics(counters, "1\"\\\n2").text());
    assertThat(read.value("millrace_room_odd_name__x__total")).isEqualTo(1);
    assertThat(read.value("millrace_room_negative")).isEqualTo(-5);
    assertThat(read.value("millrace_room_large")).isEqualTo(9.223372036854775807E18);
    assertThat(read.value("millrace_info{version=\"1\\\"\\\\\\n2\"}")).isEqualTo(1);
  }

  @Test
  void aFamilyIsWrittenOnce() {
    var text = new MetricText().one("a", MetricText.Kind.GAUGE, "h", 1);
    assertThatThrownBy(() -> text.one("a", MetricText.Kind.GAUGE, "h", 2))
        .isInstanceOf(IllegalStateException.class);
    assertThat(
            new MetricText()
                .family("f", MetricText.Kind.GAUGE, "h")
                .sample(Map.of(), Double.NaN)
                .toString())
        .endsWith("f NaN\n");
  }

  /// `-Dgolden=update` rewrites the page; a person reads the difference.
  @Test
  void thePageListsTheNames() throws IOException {
    var page = new StringBuilder();
    page.append("# Metrics\n\n");
    page.append("`GET /metrics` answers in Prometheus' text format (0.0.4). ");
    page.append("`admin.metrics` says who may read it.\n\n");
    page.append("A counter of the process, `room.what`, is `millrace_room_what_total`; ");
    page.append("a figure that also falls is `millrace_room_what`. ");
    page.append("The process and its Java machine come under the usual names: ");
    page.append("`process_*` and `jvm_*`. Which of the two endings a name has, the answer says ");
    page.append("itself (`# TYPE`).\n\n");
    page.append("| name, less its ending | what it says |\n| --- | --- |\n");
    MetricHelp.all()
        .forEach(
            (name, help) -> page.append("| `%s` | %s |%n".formatted(MetricText.name(name), help)));
    if ("update".equals(System.getProperty("golden"))) {
      Files.writeString(PAGE, page);
    }
    assertThat(Files.readString(PAGE)).isEqualTo(page.toString());
  }
}
