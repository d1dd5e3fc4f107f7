package io.millrace.wire.realtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.base.json.Json;
import io.millrace.store.realtime.TreePath;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Values that are larger than a body may be in memory.
class ImportIT {
  private static final String ADMIN = "&auth=" + RealtimeFixture.ADMIN;
  @TempDir Path directory;

  private static String large(int children) {
    return IntStream.range(0, children)
        .mapToObj(
            i ->
                "\"k%06d\":{\"n\":%d,\"t\":\"%s\",\"l\":[1,null,2]}"
                    .formatted(i, i, "x".repeat(40)))
        .collect(Collectors.joining(",", "{", "}"));
  }

  private RealtimeFixture
      open() { // bodies in memory: 100 kB, everything larger is read as it comes
    return new RealtimeFixture(directory, Map.of("bodyBytesMax", "100000"));
  }

  @Test
  void aLargePutIsReadAsItComes() {
    try (var db = open()) {
      var text = large(30_000);
      var reply = db.call("PUT", "/big.json?ns=i", text);
      assertThat(reply.statusCode()).isEqualTo(200);
      var expected = Json.parse(text);
      assertThat(db.store.find("i").orElseThrow().root().at(TreePath.of("big")).toJson())
          .isEqualTo(Json.parse(expected.toString())); // holes of arrays are null on both sides
      assertThat(Json.parse(db.call("GET", "/big/k000007.json?ns=i", "").body()))
          .isEqualTo(Json.parse("{\"l\":[1,null,2],\"n\":7,\"t\":\"" + "x".repeat(40) + "\"}"));
      assertThat(db.call("PUT", "/big.json?ns=i&print=silent", text).statusCode()).isEqualTo(204);
      assertThat(db.ask("PUT", "/big.json?ns=i&print=silent", text, "if-match", "wrong"))
          .startsWith("412 ");
    }
  }

  @Test
  void whatIsWrongSaysWhereAndChangesNothing() {
    try (var db = open()) {
      db.ask("PUT", "/big.json?ns=i", "1");
      var text = large(30_000);
      var broken = text.substring(0, text.length() - 1) + ",}";
      assertThat(db.ask("PUT", "/big.json?ns=i", broken)).startsWith("400 ").contains("line 1");
      assertThat(db.ask("PUT", "/big.json?ns=i", text.replace("k029999", "k.0299")))
          .startsWith("400 ")
          .contains("valid key names");
      db.rules("i", "{'.read':true}");
      assertThat(db.ask("PUT", "/big.json?ns=i", text))
          .isEqualTo("401 {\"error\":\"Permission denied\"}");
      assertThat(db.get("/big.json?ns=i")).isEqualTo("200 1");
    }
  }

  @Test
  void aFileIsUploadedAsAForm() throws Exception {
    try (var db = open()) {
      var body =
          "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"x.json\"\r\n"
              + "Content-Type: application/json\r\n\r\n"
              + large(30_000)
              + "\r\n--b--\r\n";
      var request =
          HttpRequest.newBuilder(db.uri("/up/.upload?ns=i&writeSizeLimit=unlimited" + ADMIN))
              .header("Content-Type", "multipart/form-data; boundary=b")
              .POST(BodyPublishers.ofString(body))
              .build();
      assertThat(db.client.send(request, BodyHandlers.ofString()).body())
          .isEqualTo("{\"status\":\"ok\"}");
      assertThat(db.get("/up/k029999/n.json?ns=i")).isEqualTo("200 29999");
    }
  }

  @Test
  void progressIsShownAndABrokenConnectionChangesNothing() throws Exception {
    try (var db = open()) {
      db.ask("PUT", "/big.json?ns=i", "1");
      var usage = "/.settings/usage.json?ns=i" + ADMIN;
      try (var socket = new Socket("127.0.0.1", db.api.port())) {
        begin(socket.getOutputStream());
        await()
            .atMost(Duration.ofSeconds(30))
            .until(
                () ->
                    db.get(usage)
                        .contains(
                            "\"imports\":[{\"path\":\"/big\",\"bytesRead\":90000,\"bytes\":9000000}]"));
      }
      await().atMost(Duration.ofSeconds(30)).until(() -> db.get(usage).contains("\"imports\":[]"));
      assertThat(db.get("/big.json?ns=i")).isEqualTo("200 1");
    }
  }

  private static void begin(OutputStream out) throws IOException {
    var head = "PUT /big.json?ns=i HTTP/1.1\r\nHost: x\r\nContent-Length: 9000000\r\n\r\n";
    var part = "{\"a\":\"" + "x".repeat(90_000 - 6);
    out.write((head + part).getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }
}
