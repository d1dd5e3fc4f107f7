package io.millrace.wire.realtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Live listens when the rules change.
class RecheckIT {
  @TempDir Path directory;
  private RealtimeFixture db;

  @BeforeEach
  void open() {
    db = new RealtimeFixture(directory, Map.of());
    db.rules("x", "{'.write':true,'open':{'.read':true},'other':{'.read':true}}");
    db.ask("PUT", "/open.json?ns=x", "1");
  }

  @AfterEach
  void close() {
    db.close();
  }

  private List<String> stream(String path) throws Exception {
    var lines = new CopyOnWriteArrayList<String>();
    var request =
        HttpRequest.newBuilder(db.uri(path)).header("Accept", "text/event-stream").build();
    db.client
        .sendAsync(request, BodyHandlers.ofLines())
        .thenAcceptAsync( // never on this thread, however soon the answer comes
            response -> {
              response.body().forEach(lines::add);
              lines.add("the end");
            });
    await().untilAsserted(() -> assertThat(lines).contains("event: put"));
    return lines;
  }

  @Test
  void anEventStreamThatMayNoLongerReadIsCancelledAndOthersGoOn() throws Exception {
    var gone = stream("/open.json?ns=x");
    var stays = stream("/other.json?ns=x");
    db.rules("x", "{'.write':true,'other':{'.read':true}}");
    await().untilAsserted(() -> assertThat(gone).contains("event: cancel", "the end"));
    db.ask("PUT", "/other.json?ns=x", "7");
    await().untilAsserted(() -> assertThat(stays).contains("data: {\"path\":\"/\",\"data\":7}"));
    assertThat(stays).doesNotContain("event: cancel");
  }

  @Test
  void aSocketsListenThatMayNoLongerReadIsRevoked() throws Exception {
    var heard = new CopyOnWriteArrayList<String>();
    var socket = socket(heard);
    for (var path : List.of("/open", "/other")) {
      var body = "{\"p\":\"%s\",\"h\":\"\"}".formatted(path);
      socket.sendText("{\"t\":\"d\",\"d\":{\"r\":1,\"a\":\"q\",\"b\":" + body + "}}", true).get();
    }
    await().untilAsserted(() -> assertThat(heard).hasSizeGreaterThanOrEqualTo(4));
    db.rules("x", "{'.write':true,'other':{'.read':true}}");
    await()
        .untilAsserted(
            () ->
                assertThat(heard)
                    .contains("{\"t\":\"d\",\"d\":{\"a\":\"c\",\"b\":{\"p\":\"/open\"}}}"));
    assertThat(heard).noneMatch(text -> text.contains("\"a\":\"c\"") && text.contains("/other"));
    socket.abort();
  }

  @Test
  void aSocketsListenIsRevokedWhenTheDataThatItsRuleReadsChanges() throws Exception {
    db.rules("x", "{'.write':true,'room':{'.read':'root.child(`members/all`).val() == true'}}");
    db.ask("PUT", "/members/all.json?ns=x", "true");
    var heard = new CopyOnWriteArrayList<String>();
    var socket = socket(heard);
    socket.sendText(LISTEN, true).get();
    await().untilAsserted(() -> assertThat(heard).anyMatch(text -> text.contains("\"s\":\"ok\"")));
    db.ask("PUT", "/members/other.json?ns=x", "1");
    db.ask("PUT", "/room.json?ns=x", "1");
    await().untilAsserted(() -> assertThat(heard).anyMatch(text -> text.contains("\"d\":1")));
    assertThat(heard).doesNotContain(REVOKED);
    db.ask("PUT", "/members/all.json?ns=x", "false");
    await().untilAsserted(() -> assertThat(heard).contains(REVOKED));
    db.ask("PUT", "/members/all.json?ns=x", "true");
    socket.sendText(LISTEN, true).get();
    await()
        .untilAsserted(
            () -> assertThat(heard).filteredOn(text -> text.contains("\"s\":\"ok\"")).hasSize(2));
    socket.abort();
  }

  private WebSocket socket(List<String> heard) throws Exception {
    var address = db.uri("/.ws?v=5&ns=x").toString().replace("http:", "ws:");
    return db.client
        .newWebSocketBuilder()
        .buildAsync(
            java.net.URI.create(address),
            new WebSocket.Listener() {
              @Override
              public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean isLast) {
                heard.add(text.toString());
                from.request(1);
                return null;
              }
            })
        .get();
  }

  private static final String LISTEN =
      "{\"t\":\"d\",\"d\":{\"r\":1,\"a\":\"q\",\"b\":{\"p\":\"/room\",\"h\":\"\"}}}";
  private static final String REVOKED = "{\"t\":\"d\",\"d\":{\"a\":\"c\",\"b\":{\"p\":\"/room\"}}}";
}
