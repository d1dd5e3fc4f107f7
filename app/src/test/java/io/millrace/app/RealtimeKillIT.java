package io.millrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.base.json.Json;
import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonObject;
import io.millrace.store.realtime.Leaf;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An SDK's transactions and multi-path updates while the process is killed.
class RealtimeKillIT {
  private static final String[] SETTINGS = {
    "--realtime.rules=open", "--realtime.createDatabases=true", "--bind.address=127.0.0.1"
  };

  @TempDir Path directory;

  @Test
  void afterKillNineWhatAnSdkWasToldIsThereAndNoUpdateIsHalfThere() throws Exception {
    var data = directory.resolve("data");
    long acknowledged;
    try (var millrace = MillraceProcess.start("run", data, SETTINGS)) {
      var counter = new Counter(millrace.port("realtime.port"));
      Awaitility.await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> counter.acknowledged.get() >= 1_000);
      millrace.kill();
      acknowledged = counter.acknowledged.get();
    }
    try (var millrace = MillraceProcess.start("run", data, SETTINGS)) {
      var tree = read(millrace.realtime() + "/.json?ns=kill");
      long count = number(tree, "count");
      assertThat(count).isGreaterThanOrEqualTo(acknowledged);
      long left = number(tree, "left");
      assertThat(left).isIn(count, count - 1); // sent right after the transaction of its number
      assertThat(number(tree, "right")).isEqualTo(left);
    }
  }

  /// Counts by transactions, each on the hash of the one before, with an update of two places
  /// after each; up to 100 are under way.
  private static final class Counter implements WebSocket.Listener {
    private static final int UNDER_WAY = 100;

    final AtomicLong acknowledged = new AtomicLong();
    private final StringBuilder partial = new StringBuilder();
    private long asked;

    Counter(int port) {
      var uri = URI.create("ws://127.0.0.1:" + port + "/.ws?v=5&ns=kill");
      HttpClient.newHttpClient().newWebSocketBuilder().buildAsync(uri, this).join();
    }

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean isLast) {
      partial.append(text);
      if (isLast) {
        message(partial.toString());
        partial.setLength(0);
        askMore(socket);
      }
      socket.request(1);
      return null;
    }

    private void message(String text) {
      var data = (JsonObject) ((JsonObject) Json.parse(text)).get("d");
      if (data != null && data.get("r") instanceof JsonLong(long number)) {
        assertThat(text).contains("\"s\":\"ok\"");
        acknowledged.set(Math.max(acknowledged.get(), (number + 1) / 2));
      }
    }

    private void askMore(WebSocket socket) {
      while (asked < acknowledged.get() + UNDER_WAY) {
        asked++;
        var hash = asked == 1 ? "" : Leaf.of(new JsonLong(asked - 1)).hash();
        ask(socket, asked * 2 - 1, "p", "\"p\":\"/count\",\"d\":%d,\"h\":\"%s\"", asked, hash);
        ask(socket, asked * 2, "m", "\"p\":\"/\",\"d\":{\"left\":%d,\"right\":%d}", asked, asked);
      }
    }

    private static void ask(
        WebSocket socket, long number, String action, String body, Object... values) {
      var request =
          "{\"t\":\"d\",\"d\":{\"r\":%d,\"a\":\"%s\",\"b\":{%s}}}"
              .formatted(number, action, body.formatted(values));
      socket.sendText(request, true).join();
    }
  }

  private static JsonObject read(String url) throws Exception {
    try (var client = HttpClient.newHttpClient()) {
      var reply =
          client.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString());
      return (JsonObject) Json.parse(reply.body());
    }
  }

  private static long number(JsonObject tree, String key) {
    return ((JsonLong) tree.get(key)).value();
  }
}
