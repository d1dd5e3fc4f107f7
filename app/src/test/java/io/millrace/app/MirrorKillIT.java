package io.millrace.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.base.json.Json;
import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonValue;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A database that mirrors a device while the process is killed: afterwards both say the same, and
/// neither has forgotten what it acknowledged.
class MirrorKillIT {
  private static final String TOKEN = "MIRROR_TEST_TOKEN";
  private static final String OWNER = "&access_token=owner";

  @TempDir Path directory;
  private final HttpClient client = HttpClient.newHttpClient();
  private final AtomicLong measured = new AtomicLong();
  private final AtomicLong wanted = new AtomicLong();

  @Test
  void afterKillNineTheMirrorAndThePlatformAgreeBothWays() throws Exception {
    var data = directory.resolve("data");
    String device;
    try (var millrace = demo(data)) {
      var tenant = Api.signIn(millrace.http(), "tenant@thingsboard.org", "tenant");
      device = tenant.createDevice("Mirrored", TOKEN);
      var rule =
          "[{\"tenant\":\"%s\",\"latest\":\"/d/$name/latest\",\"attributes\":\"/d/$name/shared\",\"both\":true}]"
              .formatted(id(tenant.get("/api/device/" + device), "tenantId"));
      call("PUT", millrace.realtime() + "/.settings/mirror.json?ns=m" + OWNER, rule);
      var ended = new CountDownLatch(2);
      count(measured, ended, n -> measure(millrace, n));
      count(wanted, ended, n -> want(millrace, n));
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> measured.get() >= 100 && wanted.get() >= 100);
      millrace.kill();
      assertThat(ended.await(30, TimeUnit.SECONDS)).as("writers saw the end").isTrue();
    }
    try (var millrace = demo(data)) {
      var tenant = Api.signIn(millrace.http(), "tenant@thingsboard.org", "tenant");
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(
              () -> {
                var stored = new ArrayList<>(List.of(latest(tenant, device)));
                stored.add(attribute(tenant, device));
                assertThat(mirrored(millrace)).isEqualTo(stored);
                assertThat(stored.getFirst()).isGreaterThanOrEqualTo(measured.get());
                assertThat(stored.getLast()).isGreaterThanOrEqualTo(wanted.get());
              });
    }
  }

  /// Counts on as long as the server answers.
  private static void count(AtomicLong acknowledged, CountDownLatch ended, Writer writer) {
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                for (long n = 1; ; n++) {
                  writer.write(n);
                  acknowledged.set(n);
                }
              } catch (IOException killed) {
                ended.countDown();
              }
            });
  }

  private interface Writer {
    void write(long n) throws IOException;
  }

  private void measure(MillraceProcess millrace, long n) throws IOException {
    call("POST", millrace.http() + "/api/v1/" + TOKEN + "/telemetry", "{\"n\":%d}".formatted(n));
  }

  private void want(MillraceProcess millrace, long n) throws IOException {
    call("PUT", millrace.realtime() + "/d/Mirrored/shared/wanted.json?ns=m" + OWNER, "" + n);
  }

  private static long latest(Api tenant, String device) {
    var page =
        (JsonObject)
            tenant.get(
                "/api/plugins/telemetry/DEVICE/%s/values/timeseries?keys=n&useStrictDataTypes=true"
                    .formatted(device));
    return number(((JsonObject) ((JsonArray) page.get("n")).get(0)).get("value"));
  }

  private static long attribute(Api tenant, String device) {
    var list =
        (JsonArray)
            tenant.get(
                "/api/plugins/telemetry/DEVICE/%s/values/attributes/SHARED_SCOPE?keys=wanted"
                    .formatted(device));
    return number(((JsonObject) list.get(0)).get("value"));
  }

  private List<Long> mirrored(MillraceProcess millrace) throws IOException {
    var tree =
        (JsonObject)
            Json.parse(call("GET", millrace.realtime() + "/d/Mirrored.json?ns=m" + OWNER, ""));
    return List.of(
        number(((JsonObject) tree.get("latest")).get("n")),
        number(((JsonObject) tree.get("shared")).get("wanted")));
  }

  private static long number(JsonValue value) {
    return ((JsonLong) value).value();
  }

  private static String id(JsonValue entity, String name) {
    return ((JsonObject) ((JsonObject) entity).get(name)).text("id", "");
  }

  private String call(String method, String url, String body) throws IOException {
    var request =
        HttpRequest.newBuilder(URI.create(url))
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body))
            .build();
    try {
      var reply = client.send(request, BodyHandlers.ofString());
      assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
      return reply.body();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static MillraceProcess demo(Path data) {
    return MillraceProcess.start("demo", data, "--simulate=false");
  }
}
