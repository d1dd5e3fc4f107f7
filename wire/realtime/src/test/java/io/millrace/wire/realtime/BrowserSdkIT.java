package io.millrace.wire.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Firebase's bundle in a browser: WebSocket, long polling, and the step from one to the other.
class BrowserSdkIT {
  private static final Path BUNDLES = Path.of("target/node/node_modules/firebase");
  private static final Path CHROMIUM = Path.of("/usr/bin/chromium");

  @TempDir Path directory;
  private final LinkedBlockingQueue<String> said = new LinkedBlockingQueue<>();
  private RealtimeFixture db;
  private HttpServer pages;

  @BeforeAll
  static void install() throws Exception {
    assertThat(CHROMIUM).as("installed by .ci/setup").isExecutable();
    FirebaseSdkIT.install();
  }

  @BeforeEach
  void open() throws IOException {
    db = new RealtimeFixture(directory.resolve("data"), Map.of());
    pages = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    pages.createContext("/", this::answer);
    pages.start();
  }

  @AfterEach
  void close() {
    pages.stop(0);
    db.close();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      var path = exchange.getRequestURI().getPath();
      byte[] body = {};
      if (path.equals("/done")) {
        said.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
      } else if (path.endsWith(".js")) {
        body = Files.readAllBytes(BUNDLES.resolve(path.substring(1)));
      } else {
        body = Files.readAllBytes(Path.of("src/test/node/browser.html"));
        exchange.getResponseHeaders().add("Content-Type", "text/html");
      }
      exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
  }

  @ParameterizedTest
  @CsvSource({"ws,false", "poll,true", "upgrade,true"})
  void theBundleWorksByEveryTransport(String mode, boolean polls) throws Exception {
    var address =
        "http://127.0.0.1:%d/?mode=%s&port=%d"
            .formatted(pages.getAddress().getPort(), mode, db.api.port());
    var browser =
        new ProcessBuilder(
                List.of(
                    CHROMIUM.toString(),
                    "--headless",
                    "--no-sandbox",
                    "--disable-gpu",
                    "--user-data-dir=" + directory.resolve("profile"),
                    "--remote-debugging-port=0",
                    address))
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("browser.log").toFile())
            .start();
    try {
      assertThat(said.poll(60, TimeUnit.SECONDS))
          .isEqualTo("%s {\"a\":2,\"long\":\"short\"} counted=2 polled=%s".formatted(mode, polls));
    } finally {
      browser.descendants().forEach(ProcessHandle::destroyForcibly);
      browser.destroyForcibly().waitFor();
    }
    if (!mode.equals("poll")) { // a killed browser says no good-bye, but its socket closes
      Awaitility.await()
          .untilAsserted(
              () -> assertThat(db.get("/left/" + mode + ".json?ns=browser")).isEqualTo("200 true"));
    }
  }
}
