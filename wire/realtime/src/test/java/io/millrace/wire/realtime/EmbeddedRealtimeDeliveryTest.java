package io.millrace.wire.realtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.base.config.Settings;
import io.millrace.base.json.JsonObject;
import io.millrace.base.runtime.Clock;
import io.millrace.engine.pipeline.EmbeddedDelivery.Settlement;
import io.millrace.engine.rules.Answer;
import io.millrace.engine.rules.OutsideCall;
import io.millrace.store.commit.CommitStore;
import io.millrace.store.commit.Family;
import io.millrace.store.realtime.RealtimeStore;
import io.millrace.store.realtime.TreePath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedRealtimeDeliveryTest {
  private static final byte[] NOTE = {1, 2, 3};
  private static final String URL =
      "https://module24project-default-rtdb.firebaseio.com/temperature.json";
  @TempDir Path directory;
  private CommitStore commits;
  private RealtimeStore store;
  private EmbeddedRealtimeDelivery delivery;

  @BeforeEach
  void open() {
    commits = CommitStore.open(directory, 16 << 20);
    var config = Settings.defaults(io.millrace.store.realtime.Config.class);
    store = RealtimeStore.open(commits, config, Clock.SYSTEM, new Random(1));
    delivery =
        new EmbeddedRealtimeDelivery(
            RealtimeFixture.config(Map.of("embedFirebase", "true")), store, Clock.SYSTEM);
  }

  @AfterEach
  void close() {
    store.close();
    commits.close();
  }

  private static OutsideCall call(String method, String url, String body) {
    return new OutsideCall(
        OutsideCall.HTTP,
        JsonObject.builder().put("method", method).put("url", url).put("body", body).build());
  }

  private Answer deliver(String method, String url, String body) throws IOException {
    Settlement settlement =
        (commit, answer) ->
            commit.put(
                Family.OUTBOX, NOTE, answer.result().toString().getBytes(StandardCharsets.UTF_8));
    return delivery.deliver(call(method, url, body), "key", settlement);
  }

  @Test
  void onlyFirebasesHostsAreTakenAndOnlyWhenTheSettingIsOn() {
    assertThat(delivery.takes(call("PUT", URL, "1"))).isTrue();
    assertThat(
            delivery.takes(call("PUT", "https://x.europe-west1.firebasedatabase.app/a.json", "1")))
        .isTrue();
    assertThat(delivery.takes(call("PUT", "https://firebaseio.com/a.json", "1"))).isFalse();
    assertThat(delivery.takes(call("PUT", "https://firebaseio.com.example.org/a.json", "1")))
        .isFalse();
    assertThat(delivery.takes(call("PUT", "https://x.firebaseio.com.evil/a.json", "1"))).isFalse();
    assertThat(delivery.takes(call("PUT", "not a url", "1"))).isFalse();
    assertThat(delivery.takes(new OutsideCall("mail", call("PUT", URL, "1").request()))).isFalse();
    var off = new EmbeddedRealtimeDelivery(RealtimeFixture.config(Map.of()), store, Clock.SYSTEM);
    assertThat(off.takes(call("PUT", URL, "1"))).isFalse();
  }

  @Test
  void aCallWritesAndItsNoteIsInTheSameCommit() throws Exception {
    var answer = deliver("PUT", URL + "?print=pretty", "{\"temperature\":21.5}");
    assertThat(answer.delivered()).isTrue();
    assertThat(answer.result().text("body", "")).isEqualTo("{\n  \"temperature\" : 21.5\n}\n");
    assertThat(answer.result().toString()).startsWith("{\"status\":200,\"statusText\":\"OK\"");
    var database = store.find("module24project-default-rtdb").orElseThrow();
    assertThat(database.root().toJson()).hasToString("{\"temperature\":{\"temperature\":21.5}}");
    assertThat(new String(commits.get(Family.OUTBOX, NOTE), StandardCharsets.UTF_8))
        .isEqualTo(answer.result().toString());
  }

  @Test
  void aPushAnswersItsNameAlsoInTheNote() throws Exception {
    var answer = deliver("POST", URL, "{\"v\":1}");
    var name = answer.result().text("body", "").substring(9, 29);
    assertThat(new String(commits.get(Family.OUTBOX, NOTE), StandardCharsets.UTF_8)).contains(name);
    assertThat(
            store
                .database("module24project-default-rtdb")
                .root()
                .at(TreePath.of("temperature", name, "v"))
                .toJson())
        .hasToString("1");
  }

  @Test
  void readsAndRefusalsAreAnsweredWithoutANote() throws Exception {
    assertThat(deliver("PUT", "https://x.firebaseio.com/a.json", "{\"b.c\":1}").result().toString())
        .startsWith("{\"status\":400");
    store.database("x");
    assertThat(deliver("GET", "https://x.firebaseio.com/a.json", "").result().text("body", ""))
        .isEqualTo("null");
    assertThat(commits.get(Family.OUTBOX, NOTE)).isNull();
  }

  @Test
  void whatMayWorkLaterIsTriedAgain() {
    store.database("x");
    store.close();
    assertThatThrownBy(() -> deliver("PUT", "https://x.firebaseio.com/a.json", "1"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("closing");
    assertThat(commits.get(Family.OUTBOX, NOTE)).isNull();
  }
}
