package io.millrace.wire.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The wire protocol frame by frame; `FirebaseSdkIT` shows that SDKs are happy with it.
class SdkSocketIT {
  @TempDir Path directory;
  private RealtimeFixture db;

  @BeforeEach
  void open() {
    start(Map.of("socketIdle", "400ms", "bodyBytesMax", "100000"));
  }

  private void start(Map<String, String> settings) {
    db = new RealtimeFixture(directory, settings);
  }

  @AfterEach
  void close() {
    db.close();
  }

  private final class Client implements WebSocket.Listener, AutoCloseable {
    final LinkedBlockingQueue<String> frames = new LinkedBlockingQueue<>();
    final WebSocket socket;
    private final StringBuilder partial = new StringBuilder();

    Client(String query) {
      var uri = URI.create("ws://localhost:" + db.api.port() + "/.ws?v=5" + query);
      socket = db.client.newWebSocketBuilder().buildAsync(uri, this).join();
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
      partial.append(text);
      if (last) {
        frames.add(partial.toString());
        partial.setLength(0);
      }
      from.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int status, String reason) {
      frames.add("closed");
      return null;
    }

    String next() throws InterruptedException {
      return String.valueOf(frames.poll(30, TimeUnit.SECONDS));
    }

    void send(String frame) {
      socket.sendText(frame, true).join();
    }

    void ask(int number, String action, String body) {
      send("{\"t\":\"d\",\"d\":{\"r\":%d,\"a\":\"%s\",\"b\":%s}}".formatted(number, action, body));
    }

    /// Puts a string of that length, in pieces as SDKs do.
    void sendCut(int number, String path, int length) {
      var put = "{\"t\":\"d\",\"d\":{\"r\":%d,\"a\":\"p\",\"b\":{\"p\":\"%s\",\"d\":\"%s\"}}}";
      SdkFrames.cut(put.formatted(number, path, "x".repeat(length))).forEach(this::send);
    }

    String hello() throws InterruptedException {
      return next();
    }

    @Override
    public void close() {
      socket.abort();
    }
  }

  private static String ok(int number, String data) {
    return "{\"t\":\"d\",\"d\":{\"r\":%d,\"b\":{\"s\":\"ok\",\"d\":%s}}}".formatted(number, data);
  }

  private static String push(String action, String body) {
    return "{\"t\":\"d\",\"d\":{\"a\":\"%s\",\"b\":%s}}".formatted(action, body);
  }

  @Test
  void helloNamesTheHostTheClientUsed() throws Exception {
    try (var client = new Client("&ns=x")) {
      assertThat(client.hello())
          .matches(
              "\\{\"t\":\"c\",\"d\":\\{\"t\":\"h\",\"d\":\\{\"ts\":\\d{13},\"v\":\"5\",\"h\":\"localhost:"
                  + db.api.port()
                  + "\",\"s\":\"[0-9a-f]{32}\"}}}");
      client.send("0");
      client.send("{\"t\":\"c\",\"d\":{\"t\":\"p\",\"d\":{}}}");
      assertThat(client.next()).isEqualTo("{\"t\":\"c\",\"d\":{\"t\":\"o\",\"d\":{}}}");
    }
  }

  @Test
  void dataComesBeforeTheAnswerAndPushesBeforeTheWritesAnswer() throws Exception {
    db.ask("PUT", "/a.json?ns=x", "{\"b\":1}");
    try (var client = new Client("&ns=x")) {
      client.hello();
      client.ask(1, "q", "{\"p\":\"/a\",\"h\":\"\"}");
      assertThat(client.next()).isEqualTo(push("d", "{\"p\":\"a\",\"d\":{\"b\":1}}"));
      assertThat(client.next()).isEqualTo(ok(1, "{}"));
      client.ask(2, "p", "{\"p\":\"/a/b\",\"d\":{\".value\":2,\".priority\":1}}");
      assertThat(client.next())
          .isEqualTo(push("d", "{\"p\":\"a/b\",\"d\":{\".value\":2,\".priority\":1}}"));
      assertThat(client.next()).isEqualTo(ok(2, "\"\""));
      client.ask(3, "m", "{\"p\":\"/\",\"d\":{\"a/c\":3,\"z\":1}}");
      assertThat(client.next()).isEqualTo(push("m", "{\"p\":\"a\",\"d\":{\"c\":3}}"));
      assertThat(client.next()).isEqualTo(ok(3, "\"\""));
      client.ask(4, "p", "{\"p\":\"/\",\"d\":null}");
      assertThat(client.next()).isEqualTo(push("d", "{\"p\":\"a\",\"d\":null}"));
      assertThat(client.next()).isEqualTo(ok(4, "\"\""));
      client.ask(5, "n", "{\"p\":\"/a\"}");
      assertThat(client.next()).isEqualTo(ok(5, "\"\""));
      client.ask(6, "p", "{\"p\":\"/a\",\"d\":9}");
      assertThat(client.next()).isEqualTo(ok(6, "\"\""));
    }
  }

  @Test
  void whatReadsSeesTheWritesAskedForBeforeIt() throws Exception {
    db.close();
    start(Map.of()); // a client that says all at once may then be silent
    try (var client = new Client("&ns=x")) {
      client.hello();
      for (int i = 1; i <= 60; i += 3) {
        client.ask(i, "p", "{\"p\":\"/seq/v\",\"d\":%d}".formatted(i));
        client.ask(i + 1, "g", "{\"p\":\"/seq/v\",\"q\":{}}");
        client.ask(i + 2, "p", "{\"p\":\"/seq/v\",\"d\":-%d}".formatted(i));
      }
      for (int i = 1; i <= 60; i += 3) {
        assertThat(client.next()).isEqualTo(ok(i, "\"\""));
        assertThat(client.next()).isEqualTo(ok(i + 1, "" + i));
        assertThat(client.next()).isEqualTo(ok(i + 2, "\"\""));
      }
      client.ask(61, "p", "{\"p\":\"/seq/v\",\"d\":7}");
      client.ask(62, "q", "{\"p\":\"/seq\",\"h\":\"\"}");
      client.ask(63, "n", "{\"p\":\"/seq\"}");
      assertThat(client.next()).isEqualTo(ok(61, "\"\""));
      assertThat(client.next()).isEqualTo(push("d", "{\"p\":\"seq\",\"d\":{\"v\":7}}"));
      assertThat(client.next()).isEqualTo(ok(62, "{}"));
      assertThat(client.next()).isEqualTo(ok(63, "\"\""));
    }
  }

  @Test
  void aClientThatHasTheDataIsNotSentItAgain() throws Exception {
    db.ask("PUT", "/n.json?ns=x", "600613");
    try (var client = new Client("&ns=x")) {
      client.hello();
      client.ask(1, "q", "{\"p\":\"/n\",\"h\":\"ViJFJowpbyRvgGNPzPJdGeN+mCY=\"}");
      assertThat(client.next()).isEqualTo(ok(1, "{}"));
      client.ask(2, "p", "{\"p\":\"/n\",\"d\":1,\"h\":\"wrong\"}");
      assertThat(client.next()).contains("\"s\":\"datastale\"");
      client.ask(3, "p", "{\"p\":\"/n\",\"d\":1,\"h\":\"ViJFJowpbyRvgGNPzPJdGeN+mCY=\"}");
      assertThat(client.next()).isEqualTo(push("d", "{\"p\":\"n\",\"d\":1}"));
      assertThat(client.next()).isEqualTo(ok(3, "\"\""));
    }
  }

  @Test
  void aTaggedListenIsToldTheDifferenceOfItsWindow() throws Exception {
    db.ask("PUT", "/q.json?ns=x", "{\"a\":1,\"b\":2}");
    try (var client = new Client("&ns=x")) {
      client.hello();
      client.ask(
          1, "q", "{\"p\":\"/q\",\"q\":{\"i\":\".key\",\"l\":1,\"vf\":\"r\"},\"t\":7,\"h\":\"\"}");
      assertThat(client.next()).isEqualTo(push("d", "{\"p\":\"q\",\"d\":{\"b\":2},\"t\":7}"));
      assertThat(client.next()).isEqualTo(ok(1, "{}"));
      db.ask("PUT", "/q/c.json?ns=x", "3");
      assertThat(client.next())
          .isEqualTo(push("m", "{\"p\":\"q\",\"d\":{\"b\":null,\"c\":3},\"t\":7}"));
      db.ask("DELETE", "/q.json?ns=x", "");
      assertThat(client.next()).isEqualTo(push("d", "{\"p\":\"q\",\"d\":null,\"t\":7}"));
    }
  }

  @Test
  void aLongListIsPutInOrderElsewhereAndTheAnswersKeepTheirOrder() throws Exception {
    db.close();
    start(Map.of());
    var list = new StringBuilder("{");
    for (int i = 0; i < 5_000; i++) {
      list.append(i == 0 ? "" : ",").append("\"k%d\":{\"v\":%d}".formatted(i, i * 7 % 5_000));
    }
    db.ask("PUT", "/list.json?ns=x&print=silent", list.append('}').toString());
    try (var client = new Client("&ns=x")) {
      client.hello();
      var last = "{\"i\":\"v\",\"l\":1,\"vf\":\"r\"}";
      client.ask(1, "g", "{\"p\":\"/list\",\"q\":" + last + "}");
      client.ask(2, "q", "{\"p\":\"/list\",\"q\":" + last + ",\"t\":7,\"h\":\"\"}");
      client.ask(3, "p", "{\"p\":\"/list/k0/v\",\"d\":9999}");
      assertThat(client.next()).isEqualTo(ok(1, "{\"k2857\":{\"v\":4999}}"));
      assertThat(client.next())
          .isEqualTo(push("d", "{\"p\":\"list\",\"d\":{\"k2857\":{\"v\":4999}},\"t\":7}"));
      assertThat(client.next()).isEqualTo(ok(2, "{\"w\":[\"no_index\"]}"));
      assertThat(client.next())
          .isEqualTo(
              push("m", "{\"p\":\"list\",\"d\":{\"k2857\":null,\"k0\":{\"v\":9999}},\"t\":7}"));
      assertThat(client.next()).isEqualTo(ok(3, "\"\""));
      client.ask(5, "g", "{\"p\":\"/list\",\"q\":" + last + "}");
      assertThat(client.next()).isEqualTo(ok(5, "{\"k0\":{\"v\":9999}}"));
    }
  }

  @Test
  void badDataAndUnknownRequestsAreAnswered() throws Exception {
    try (var client = new Client("&ns=x")) {
      client.hello();
      client.ask(1, "p", "{\"p\":\"/a.b\",\"d\":1}");
      assertThat(client.next()).contains("\"r\":1", "\"s\":\"failure\"", "Invalid path");
      client.ask(2, "m", "{\"p\":\"/a\",\"d\":5}");
      assertThat(client.next()).contains("\"r\":2", "\"s\":\"failure\"");
      client.ask(3, "what", "{}");
      assertThat(client.next()).contains("\"r\":3", "\"s\":\"failure\"");
      client.ask(4, "s", "{\"c\":{\"x\":1}}");
      assertThat(client.next()).isEqualTo(ok(4, "\"\""));
      client.send("{\"t\":\"d\",");
      assertThat(client.next()).isEqualTo("closed");
    }
    assertThat(db.get("/.json?ns=x")).isEqualTo("200 null");
  }

  @Test
  void whatSdksReportOfThemselvesIsAddedUp() throws Exception {
    try (var client = new Client("&ns=x")) {
      client.hello();
      client.ask(1, "s", "{\"c\":{\"sdk.js.12-19-0\":1,\"x\":-1,\"y\":\"no\"}}");
      assertThat(client.next()).isEqualTo(ok(1, "\"\""));
      client.ask(2, "s", "{\"c\":{\"sdk.js.12-19-0\":2}}");
      client.next();
      assertThat(db.get("/.settings/usage.json?ns=x&auth=" + RealtimeFixture.ADMIN))
          .contains("\"sdks\":{\"sdk.js.12-19-0\":3}");
    }
  }

  @Test
  void aWriteLargerThanAllowedIsAnsweredAndTheConnectionStays() throws Exception {
    db.close();
    start(Map.of("sdkWriteBytesMax", "100000"));
    try (var client = new Client("&ns=x")) {
      client.hello();
      client.sendCut(1, "/big", 200_000);
      assertThat(client.next())
          .isEqualTo(
              "{\"t\":\"d\",\"d\":{\"r\":1,\"b\":{\"s\":\"write_too_big\",\"d\":"
                  + "\"The write is larger than realtime.sdkWriteBytesMax; write it in parts\"}}}");
      client.sendCut(2, "/fits", 90_000);
      assertThat(client.next()).isEqualTo(ok(2, "\"\""));
      client.ask(3, "g", "{\"p\":\"/big\",\"q\":{}}");
      assertThat(client.next()).isEqualTo(ok(3, "null"));
    }
  }

  @Test
  void aLongMessageThatIsNoRequestClosesThatClientOnly() throws Exception {
    db.close();
    start(Map.of("sdkWriteBytesMax", "100000"));
    try (var big = new Client("&ns=x");
        var other = new Client("&ns=x")) {
      big.hello();
      other.hello();
      big.send("7");
      for (int i = 0; i < 7; i++) {
        big.send("x".repeat(16_000));
      }
      assertThat(big.next()).isEqualTo("closed");
      other.ask(1, "s", "{\"c\":{}}");
      assertThat(other.next()).isEqualTo(ok(1, "\"\""));
    }
  }

  @Test
  void comingBackWithTheLastSessionRunsWhatItLeftBehind() throws Exception {
    try (var first = new Client("&ns=x")) {
      var session = first.hello().replaceAll(".*\"s\":\"([0-9a-f]+)\".*", "$1");
      first.ask(1, "o", "{\"p\":\"/gone\",\"d\":true}");
      assertThat(first.next()).isEqualTo(ok(1, "\"\""));
      assertThat(db.get("/gone.json?ns=x")).isEqualTo("200 null");
      try (var second = new Client("&ns=x&ls=" + session)) {
        second.hello();
        Awaitility.await().until(() -> db.get("/gone.json?ns=x").equals("200 true"));
        assertThat(first.next()).isEqualTo("closed");
      }
    }
  }

  @Test
  void aSilentSocketIsClosedAndItsOnDisconnectRuns() throws Exception {
    try (var client = new Client("&ns=x")) {
      client.hello();
      client.ask(1, "om", "{\"p\":\"/\",\"d\":{\"silent\":true}}");
      assertThat(client.next()).isEqualTo(ok(1, "\"\""));
      assertThat(client.next()).isEqualTo("closed");
      Awaitility.await().until(() -> db.get("/silent.json?ns=x").equals("200 true"));
    }
  }

  @Test
  void aClosedDatabaseIsDeniedUntilTheAdministratorComes() throws Exception {
    db.close();
    start(Map.of("rules", "closed", "emulator", "true"));
    db.ask("PUT", "/a.json?ns=x", "1", "Authorization", "Bearer owner");
    try (var client = new Client("&ns=x")) {
      client.hello();
      for (var request : new String[] {"q", "g", "p", "m", "o"}) {
        client.ask(1, request, "{\"p\":\"/a\",\"d\":{},\"h\":\"\"}");
        assertThat(client.next()).as(request).contains("\"s\":\"permission_denied\"");
      }
      client.ask(2, "gauth", "{\"cred\":\"wrong\"}");
      assertThat(client.next()).contains("\"s\":\"invalid_token\"");
      client.ask(3, "gauth", "{\"cred\":\"owner\"}");
      assertThat(client.next()).contains("\"r\":3", "\"s\":\"ok\"");
      client.ask(4, "q", "{\"p\":\"/a\",\"h\":\"\"}");
      assertThat(client.next()).isEqualTo(push("d", "{\"p\":\"a\",\"d\":1}"));
      assertThat(client.next()).isEqualTo(ok(4, "{}"));
      client.ask(5, "unauth", "{}");
      assertThat(client.next()).isEqualTo(push("c", "{\"p\":\"/a\"}"));
      assertThat(client.next()).isEqualTo(ok(5, "\"\""));
    }
  }

  @Test
  void anUnknownDatabaseIsRefusedForGood() throws Exception {
    db.close();
    start(Map.of("createDatabases", "false"));
    try (var client = new Client("&ns=nobody")) {
      assertThat(client.next()).contains("\"t\":\"s\"", "spelled the name of your Firebase");
    }
  }
}
