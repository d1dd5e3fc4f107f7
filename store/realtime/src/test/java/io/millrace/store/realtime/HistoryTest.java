package io.millrace.store.realtime;

import static io.millrace.store.realtime.Nodes.node;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.base.config.Settings;
import io.millrace.base.json.Json;
import io.millrace.base.json.JsonObject;
import io.millrace.store.commit.CommitStore;
import io.millrace.testkit.SimulatedTime;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryTest {
  private static final long ALL = Long.MAX_VALUE;
  @TempDir Path directory;
  private final SimulatedTime time = new SimulatedTime(1_000);
  private CommitStore commits;
  private RealtimeStore store;
  private Database database;

  @BeforeEach
  void open() {
    open(Map.of());
  }

  private void open(Map<String, String> settings) {
    commits = CommitStore.open(directory, 16 << 20);
    var config = Settings.of().add(settings, "test").bind("", Config.class);
    store = RealtimeStore.open(commits, config, time, new Random(1));
    database = store.database("test");
  }

  @AfterEach
  void close() {
    store.close();
    commits.close();
  }

  private void put(String path, String json) {
    write(RealtimeWrite.put(TreePath.parse(path), Json.parse(json)), "ann");
  }

  private void write(RealtimeWrite write, String by) {
    assertThat(database.write(write, WriteGuard.OPEN, WriteAddition.NONE, by).join())
        .isInstanceOf(WriteResult.Written.class);
  }

  private List<PastWrite> history(String path) {
    return database.history(TreePath.parse(path), ALL, 100);
  }

  @Test
  void aPathKnowsWhoChangedItWhenAndHow() {
    put("/a/b", "1");
    time.advance(java.time.Duration.ofSeconds(1));
    put("/a", "{\"b\":2,\"c\":3}");
    put("/other", "true");
    write(
        RealtimeWrite.patch(
            TreePath.ROOT, (JsonObject) Json.parse("{\"a/b\":null,\"other\":false}")),
        "bob");
    close();
    open();
    assertThat(history("/a/b"))
        .extracting(PastWrite::by, p -> p.before().toString(), p -> p.after().toString())
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("bob", "2", "null"),
            org.assertj.core.groups.Tuple.tuple("ann", "1", "2"),
            org.assertj.core.groups.Tuple.tuple("ann", "null", "1"));
    assertThat(history("/a/b").getLast().atMs()).isEqualTo(1_000);
    assertThat(history("/a/b").getFirst().atMs()).isEqualTo(2_000);
    assertThat(history("/a")).hasSize(3);
    assertThat(history("/")).hasSize(4);
    assertThat(database.history(TreePath.of("a"), history("/a").getFirst().id(), 1))
        .containsExactly(history("/a").get(1));
  }

  @Test
  void aPathIsSetAsItWasWhateverWasWrittenAboveAndBelow() {
    put("/list/x", "{\".value\":1,\".priority\":5}");
    put("/list/y", "{\"deep\":{\"er\":[1,2]}}");
    var kept = database.root().at(TreePath.of("list"));
    put("/list/y/deep/er/0", "9");
    put("/list", "null");
    put("/", "{\"list\":\"gone\"}");
    long id = history("/list").get(2).id();
    assertThat(database.undo(TreePath.of("list"), id, "ann").join())
        .isInstanceOf(WriteResult.Written.class);
    assertThat(database.root().at(TreePath.of("list"))).isEqualTo(kept);
    long undone = history("/list").getFirst().id(); // an undo can be undone
    database.undo(TreePath.of("list"), undone, "ann").join();
    assertThat(database.root().at(TreePath.of("list"))).isEqualTo(node("\"gone\""));
  }

  @Test
  void whatIsTooLargeOrTooOldSaysSo() {
    close();
    open(Map.of("historyBytesMax", "200", "historyWrites", "50"));
    put("/big", "{\"text\":\"" + "x".repeat(500) + "\"}");
    put("/big", "1");
    long id = history("/big").getFirst().id();
    assertThat(history("/big").getFirst().isKnown()).isFalse();
    assertThat(database.undo(TreePath.of("big"), id, "").join().toString())
        .contains("is not kept", "realtime.historyBytesMax=200");
    for (int i = 0; i < 1_200; i++) {
      put("/n", Integer.toString(i));
    }
    assertThat(database.history(TreePath.ROOT, ALL, 10_000)).hasSizeLessThanOrEqualTo(1_050);
    assertThat(database.undo(TreePath.of("big"), id, "").join().toString())
        .contains("No kept write with id " + id);
  }

  @Test
  void everyStateOfARandomRunComesBack() {
    var random = new Random(7);
    var states = new ArrayList<Node>();
    for (int i = 0; i < 200; i++) {
      states.add(database.root());
      var path = TreePath.of("k" + random.nextInt(3), "k" + random.nextInt(3));
      var value = random.nextInt(4) == 0 ? "null" : random.nextBoolean() ? "{\"a\":1}" : "" + i;
      put(random.nextInt(8) == 0 ? "/" + path.key(0) : path.toString(), value);
    }
    var past = database.history(TreePath.ROOT, ALL, 1_000);
    assertThat(past).isNotEmpty();
    for (var write : past) {
      assertThat(write.before()).isEqualTo(states.get((int) write.id()));
    }
  }
}
