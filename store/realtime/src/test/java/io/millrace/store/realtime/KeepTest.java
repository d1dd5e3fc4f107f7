package io.millrace.store.realtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.millrace.base.json.Json;
import io.millrace.store.commit.CommitStore;
import io.millrace.testkit.SimulatedTime;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Lists that keep their last children only.
class KeepTest {
  @TempDir Path directory;
  private final SimulatedTime time = new SimulatedTime();
  private CommitStore commits;
  private RealtimeStore store;
  private Database database;

  @BeforeEach
  void open() {
    commits = CommitStore.open(directory, 16 << 20);
    store = RealtimeStore.open(commits, Nodes.LIMITS, time, new Random(1));
    database = store.database("db");
  }

  @AfterEach
  void close() {
    store.close();
    commits.close();
  }

  private void push(String path) {
    database.write(RealtimeWrite.push(TreePath.parse(path), Json.parse("1"))).join();
  }

  private int size(String path) {
    return database.root().at(TreePath.parse(path)) instanceof Branch branch ? branch.size() : 0;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/log/a {'x':1,'y':2,'z':3}",
        "/log {'a':{'x':1,'y':2,'z':3}}",
        "/ {'log':{'a':{'x':1,'y':2,'z':3}},'other':1}"
      })
  void aListThatIsWrittenAsAWholeIsTrimmedToo(String write) {
    database.keep("[{\"path\":\"/log/$device\",\"last\":2}]");
    int space = write.indexOf(' ');
    var value = Json.parse(write.substring(space).replace('\'', '"'));
    database.write(RealtimeWrite.put(TreePath.parse(write.substring(0, space)), value)).join();
    await()
        .untilAsserted(
            () ->
                assertThat(database.root().at(TreePath.parse("/log/a")).toJson())
                    .isEqualTo(Json.parse("{\"y\":2,\"z\":3}")));
  }

  @Test
  void aListKeepsItsLastChildrenAndOthersGrow() {
    database.keep("[{\"path\":\"/log/$device\",\"last\":5}]");
    for (int i = 0; i < 40; i++) {
      time.advance(java.time.Duration.ofMillis(5));
      push("/log/a");
      push("/other/a");
    }
    var newest = newestKey("/log/a");
    await().untilAsserted(() -> assertThat(size("/log/a")).isEqualTo(5));
    assertThat(newestKey("/log/a")).isEqualTo(newest);
    assertThat(size("/other/a")).isEqualTo(40);
  }

  private String newestKey(String path) {
    return ((Branch) database.root().at(TreePath.parse(path))).downFrom("", true).next().key();
  }

  @Test
  void aListForgetsWhatIsTooOldWhenSomethingNewComes() {
    database.keep("[{\"path\":\"/log\",\"maxAgeSeconds\":60}]");
    push("/log");
    push("/log");
    time.advance(java.time.Duration.ofSeconds(61));
    push("/log");
    await().untilAsserted(() -> assertThat(size("/log")).isEqualTo(1));
  }

  @Test
  void theRulesOutliveARestart() {
    database.keep("[{\"path\":\"/log\",\"last\":2}]");
    close();
    open();
    for (int i = 0; i < 9; i++) {
      push("/log");
    }
    await().untilAsserted(() -> assertThat(size("/log")).isEqualTo(2));
    assertThat(database.keepRules()).contains("\"last\":2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x",
        "{}",
        "[1]",
        "[{\"path\":\"/\",\"last\":1}]",
        "[{\"path\":\"/a\"}]",
        "[{\"path\":\"/a\",\"last\":-1}]",
        "[{\"path\":\"/a\",\"maxAgeSeconds\":-5}]"
      })
  void badRulesChangeNothing(String json) {
    assertThatThrownBy(() -> database.keep(json)).isInstanceOf(IllegalArgumentException.class);
    assertThat(database.keepRules()).isEqualTo("[]");
  }
}
