package io.millrace.wire.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.base.config.Settings;
import io.millrace.testkit.SimulatedTime;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class WebUiIT {
  private final HttpClient client = HttpClient.newHttpClient();
  private HttpServer server;
  private HttpListener listener;

  @BeforeEach
  void open() {
    server = HttpServer.open(Settings.defaults(Config.class), new SimulatedTime());
    listener = server.listener("http.port", "127.0.0.1", 0);
    WebUi.mount(listener.router(), server.blocking(), "META-INF/test-ui/");
    listener.start();
  }

  @AfterEach
  void close() {
    client.close();
    listener.close();
    server.close();
  }

  @Test
  void aPageOfTheUiIsTheIndexWhateverItsPath() throws Exception {
    for (var path : new String[] {"/", "/devices", "/devices/784f394c?tab=alarms"}) {
      var answer = get(path, "identity");
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).startsWith("<!doctype html>");
      assertThat(header(answer, "Content-Type")).isEqualTo("text/html; charset=utf-8");
      assertThat(header(answer, "Cache-Control")).isEqualTo("no-cache");
      assertThat(header(answer, "Content-Security-Policy")).contains("default-src 'self'");
    }
  }

  @Test
  void hashedFilesAreCachedForAYearAndModulesAreJavaScript() throws Exception {
    var module = get("/assets/worker-1a2b.mjs", "identity");

    assertThat(header(module, "Content-Type")).isEqualTo("text/javascript; charset=utf-8");
    assertThat(header(module, "Cache-Control")).isEqualTo("public, max-age=31536000, immutable");
  }

  @Test
  void filesCompressedByTheBuildAreServedAsTheyAre() throws Exception {
    var brotli = get("/assets/worker-1a2b.mjs", "gzip, deflate, br");
    var gzip = get("/assets/worker-1a2b.mjs", "gzip");

    assertThat(header(brotli, "Content-Encoding")).isEqualTo("br");
    assertThat(brotli.body()).isEqualTo("brotli stand-in");
    assertThat(header(gzip, "Content-Encoding")).isEqualTo("gzip");
    assertThat(gzip.body()).isEqualTo("gzip stand-in");
    assertThat(header(gzip, "Content-Type")).isEqualTo("text/javascript; charset=utf-8");
  }

  @Test
  void whatTheBrowserHasIsNotSentAgain() throws Exception {
    var tag = header(get("/", "identity"), "ETag");

    var again =
        client.send(
            HttpRequest.newBuilder(uri("/")).header("If-None-Match", tag).build(),
            BodyHandlers.ofString());

    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
  }

  @Test
  void nothingOutsideOfTheFolderIsServed() throws Exception {
    for (var path :
        new String[] {
          "/api/unknown",
          "/assets/missing.js",
          "/missing.png",
          "/%2e%2e/%2e%2e/io/millrace/wire/http/WebUi.class",
          "/..%2f..%2fio/millrace/wire/http/WebUi.class",
          "/..%5c..%5cio/millrace/wire/http/WebUi.class"
        }) {
      assertThat(get(path, "identity").statusCode()).as(path).isEqualTo(404);
    }
  }

  private HttpResponse<String> get(String path, String encodings) throws Exception {
    return client.send(
        HttpRequest.newBuilder(uri(path)).header("Accept-Encoding", encodings).build(),
        BodyHandlers.ofString());
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + listener.port() + path);
  }

  private static String header(HttpResponse<String> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }
}
