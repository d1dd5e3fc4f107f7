package io.millrace.store.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.base.json.Json;
import io.millrace.base.json.JsonObject;
import io.millrace.store.commit.CommitStore;
import io.millrace.store.commit.Family;
import io.millrace.store.realtime.WriteResult.Denied;
import io.millrace.store.realtime.WriteResult.Invalid;
import io.millrace.store.realtime.WriteResult.Stale;
import io.millrace.store.realtime.WriteResult.Written;
import io.millrace.testkit.SimulatedTime;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseTest {
  @TempDir Path directory;
  private final SimulatedTime time = new SimulatedTime(1_000);
  private CommitStore commits;
  private RealtimeStore store;
  private Database database;

  @BeforeEach
  void open() {
    commits = CommitStore.open(directory, 16 << 20);
    store = RealtimeStore.open(commits, Nodes.LIMITS, time, new Random(1));
    database = store.database("test");
  }

  @AfterEach
  void close() {
    store.close();
    commits.close();
  }

  private void reopen() {
    close();
    open();
  }

  private WriteResult put(String path, String json) {
    return database.write(RealtimeWrite.put(TreePath.parse(path), Json.parse(json))).join();
  }

  private WriteResult patch(String path, String json) {
    var values = (JsonObject) Json.parse(json);
    return database.write(RealtimeWrite.patch(TreePath.parse(path), values)).join();
  }

  private String json() {
    return database.root().toExportJson().toString();
  }

  @Test
  void whatWasWrittenIsThereAfterReopening() {
    put("/", "{\"a\":{\"b\":1,\"c\":\"x\"},\"l\":9223372036854775807,\"d\":1.5,\"t\":true}");
    put("a/b", "{\".value\":2,\".priority\":\"p\"}");
    put("a/.priority", "7");
    put("e", "\"lone \\ud83d surrogate\"");
    put("ü\uD83D\uDE00/x", "false");
    patch("a", "{\"c\":null,\"deep/er\":[1,2]}");
    var before = json();
    assertThat(before)
        .isEqualTo(
            "{\"a\":{\"b\":{\".value\":2,\".priority\":\"p\"},\"deep\":{\"er\":{\"0\":1,\"1\":2}},"
                + "\".priority\":7},\"d\":1.5,\"e\":\"lone \\ud83d surrogate\","
                + "\"l\":9223372036854775807,\"t\":true,\"ü\uD83D\uDE00\":{\"x\":false}}");
    reopen();
    assertThat(json()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void anyWritesReopenAsTheyWere(long seed) {
    var random = new Random(seed);
    for (int round = 0; round < 3; round++) {
      IntStream.range(0, 300)
          .mapToObj(_ -> randomWrite(random))
          .map(database::write)
          .toList()
          .forEach(CompletableFuture::join);
      var before = json();
      var hash = database.root().hash();
      reopen();
      assertThat(json()).as("seed %d", seed).isEqualTo(before);
      assertThat(database.root().hash()).isEqualTo(hash);
    }
    put("/", "null");
    var rows = new ArrayList<byte[]>();
    commits.scan(Family.REALTIME, new byte[] {2}, new byte[] {3}, (key, _) -> rows.add(key));
    assertThat(rows).as("an empty tree has no rows").isEmpty();
  }

  private static RealtimeWrite randomWrite(Random random) {
    var keys = new ArrayList<String>();
    for (int depth = random.nextInt(4); depth > 0; depth--) {
      keys.add("k" + random.nextInt(4));
    }
    var path = new TreePath(keys);
    return switch (random.nextInt(6)) {
      case 0 -> RealtimeWrite.delete(path);
      case 1 -> RealtimeWrite.put(path.child(".priority"), Json.parse("" + random.nextInt(3)));
      case 2 -> {
        var list = IntStream.range(0, 300).mapToObj(i -> "\"item " + i + "\"").toList();
        yield RealtimeWrite.put(path, Json.parse(list.toString()));
      }
      case 3 ->
          RealtimeWrite.patch(
              path, (JsonObject) Json.parse("{\"k1/k2\":{\"x\":1},\"k0\":null,\"k3\":true}"));
      case 4 ->
          RealtimeWrite.put(
              path,
              Json.parse("{\"k1\":{\"k2\":{\".value\":5,\".priority\":5}},\".priority\":\"p\"}"));
      default -> RealtimeWrite.put(path, Json.parse("" + random.nextInt(100)));
    };
  }

  @Test
  void aPatchIsOneChange() {
    put("/", "{\"a\":1,\"b\":{\"c\":2}}");
    var result = patch("/", "{\"a\":5,\"b/c\":6,\"d/e/f\":7}");
    assertThat(((Written) result).values().keySet())
        .containsExactly(TreePath.of("a"), TreePath.of("b", "c"), TreePath.of("d", "e", "f"));
    assertThat(json()).isEqualTo("{\"a\":5,\"b\":{\"c\":6},\"d\":{\"e\":{\"f\":7}}}");
  }

  @Test
  void aPatchWithOneBadPartChangesNothing() {
    put("/", "{\"a\":1}");
    assertThat(patch("/", "{\"a\":5,\"b\":{\"c.d\":6}}")).isInstanceOf(Invalid.class);
    assertThat(patch("/", "{\"a\":5,\"b\":{\"c\":{\".sv\":\"nonsense\"}}}"))
        .isInstanceOf(Invalid.class);
    assertThat(json()).isEqualTo("{\"a\":1}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
      /    | {"a.b":1}                          | DATA    | Are you sending a JSON object with valid key names?
      /    | {"":1}                             | DATA    | valid key names
      /    | {"a":{"b/c":1}}                    | DATA    | valid key names
      /    | {"a\\u0001":1}                     | DATA    | valid key names
      a.b  | 1                                  | PATH    | Invalid path: 'a.b'
      a/$b | 1                                  | PATH    | Invalid path: '$b'
      .priority/a | 1                           | PATH    | Invalid path: '.priority'
      /    | {".sv":"date"}                     | DATA    | is not a server value
      /    | {"a":{".sv":{"increment":"1"}}}    | DATA    | is not a server value
      /    | {".value":1,".priority":true}      | DATA    | a priority is a number, a string or null
      a/.priority | {"x":1}                     | DATA    | a priority is a number, a string or null
      """)
  void badDataIsRefusedWithItsReason(String path, String json, Invalid.Kind kind, String reason) {
    put("keep", "1");
    var result = (Invalid) put(path, json);
    assertThat(result.kind()).isEqualTo(kind);
    assertThat(result.reason()).contains(reason);
    assertThat(json()).isEqualTo("{\"keep\":1}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
      {"a":1,"a/b":2}        | PATH | /a/b is at or below /a, which the same update writes
      {"a/b":1,"/a/b/":2}    | PATH | the same update writes
      {"a!":1,"a/b":1,"a":2} | PATH | /a/b is at or below /a
      {"":1}                 | DATA | valid key names
      {"a.b":1}              | DATA | valid key names
      """)
  void aPatchWhoseNamesOverlapIsRefused(String json, Invalid.Kind kind, String reason) {
    var result = (Invalid) patch("/", json);
    assertThat(result.kind()).isEqualTo(kind);
    assertThat(result.reason()).contains(reason);
  }

  @Test
  void limitsAreInclusive() {
    var path = new TreePath(IntStream.range(0, 32).mapToObj(Integer::toString).toList());
    assertThat(put(path.toString(), "1")).isInstanceOf(Written.class);
    assertThat(((Invalid) put(path + "/x", "1")).kind()).isEqualTo(Invalid.Kind.TOO_BIG);
    assertThat(((Invalid) put(path.parent() + "/y", "{\"x\":1}")).reason())
        .isEqualTo("Invalid data; the value is deeper than 32 levels");
    assertThat(put("k".repeat(768), "1")).isInstanceOf(Written.class);
    assertThat(((Invalid) put("ä".repeat(385), "1")).kind()).isEqualTo(Invalid.Kind.TOO_BIG);
  }

  @Test
  void serverValuesAreResolvedWhenWritten() {
    put("n", "5");
    put("n", "{\".sv\":{\"increment\":2}}");
    put("d", "{\".sv\":{\"increment\":0.5}}");
    put("t", "{\"at\":{\".sv\":\"timestamp\"}}");
    put("big", "9223372036854775807");
    patch("/", "{\"big\":{\".sv\":{\"increment\":1}},\"n\":{\".sv\":{\"increment\":1}}}");
    assertThat(json())
        .isEqualTo("{\"big\":9.223372036854776E18,\"d\":0.5,\"n\":8,\"t\":{\"at\":1000}}");
  }

  @Test
  void aConditionalWriteNeedsTheCurrentHash() {
    put("a", "1");
    var hash = database.root().at(TreePath.of("a")).hash();
    assertThat(putIf("a", "2", hash)).isInstanceOf(Written.class);
    assertThat(putIf("a", "3", hash)).isEqualTo(new Stale(Nodes.node("2")));
    assertThat(putIf("b", "3", hash)).isEqualTo(new Stale(Branch.EMPTY));
    assertThat(putIf("b", "3", "")).isInstanceOf(Written.class);
    assertThat(json()).isEqualTo("{\"a\":2,\"b\":3}");
  }

  private WriteResult putIf(String path, String json, String hash) {
    return database
        .write(new RealtimeWrite.Put(TreePath.parse(path), Json.parse(json), Optional.of(hash)))
        .join();
  }

  @Test
  void theGuardIsAskedBeforeTheHashAndSeesBothTrees() {
    put("a", "1");
    var seen = new ArrayList<String>();
    WriteGuard no =
        (before, after, paths, nowMs) -> {
          seen.add(before + " " + after + " " + paths + " " + nowMs);
          return false;
        };
    var write =
        new RealtimeWrite.Put(
            TreePath.of("a"), Json.parse("{\".sv\":\"timestamp\"}"), Optional.of("?"));
    assertThat(database.write(write, no, WriteAddition.NONE).join()).isInstanceOf(Denied.class);
    assertThat(seen).containsExactly("{\"a\":1} {\"a\":1000} [/a] 1000");
    assertThat(json()).isEqualTo("{\"a\":1}");
  }

  @Test
  void whatGoesAlongIsInTheSameCommitAndOnlyWhenApplied() {
    byte[] key = {1};
    var refused = new RealtimeWrite.Put(TreePath.of("a"), Json.parse("1"), Optional.of("?"));
    database.write(refused, WriteGuard.OPEN, (c, _) -> c.put(Family.OUTBOX, key, key)).join();
    assertThat(commits.get(Family.OUTBOX, key)).isNull();
    var failing = RealtimeWrite.put(TreePath.of("a"), Json.parse("1"));
    var failed =
        database.write(
            failing,
            WriteGuard.OPEN,
            (c, _) -> {
              c.put(Family.OUTBOX, key, key);
              throw new IllegalStateException("no");
            });
    var next = database.write(RealtimeWrite.put(TreePath.of("b"), Json.parse("1")));
    assertThat(failed.join()).isInstanceOf(WriteResult.Unavailable.class);
    assertThat(next.join()).isInstanceOf(Written.class);
    assertThat(commits.get(Family.OUTBOX, key)).isNull();
    assertThat(json()).isEqualTo("{\"b\":1}");
    database.write(failing, WriteGuard.OPEN, (c, _) -> c.put(Family.OUTBOX, key, key)).join();
    assertThat(commits.get(Family.OUTBOX, key)).isEqualTo(key);
  }

  @Test
  void listenersHearExactlyWhatTouchesTheirPathInOrder() {
    var heard = new ArrayList<String>();
    var listening = database.listen(TreePath.of("a", "b"), recorder(heard));
    put("a/b/c", "1"); // below
    put("a/x", "1"); // beside
    put("a", "{\"b\":2}"); // above
    put("z", "1"); // elsewhere
    patch("/", "{\"a/b\":3,\"q\":1}");
    listening.stop();
    put("a/b", "4");
    assertThat(heard)
        .containsExactly(
            "null", "[/a/b/c] null->{\"c\":1}", "[/a] {\"c\":1}->2", "[/a/b, /q] 2->3");
  }

  private static ChangeListener recorder(List<String> heard) {
    return new ChangeListener() {
      @Override
      public void started(Node root) {
        heard.add(root.at(TreePath.of("a", "b")).toString());
      }

      @Override
      public void changed(Change change) {
        var path = TreePath.of("a", "b");
        heard.add(change.paths() + " " + change.before().at(path) + "->" + change.after().at(path));
      }
    };
  }

  @Test
  void manyWritersAtOnceLoseNothing() {
    var writes =
        IntStream.range(0, 5_000)
            .mapToObj(
                i -> RealtimeWrite.put(TreePath.of("n"), Json.parse("{\".sv\":{\"increment\":1}}")))
            .map(database::write)
            .toList();
    writes.forEach(write -> assertThat(write.join()).isInstanceOf(Written.class));
    assertThat(json()).isEqualTo("{\"n\":5000}");
    reopen();
    assertThat(json()).isEqualTo("{\"n\":5000}");
  }

  @Test
  void databasesAreApartAndKeepTheirNames() {
    store.database("other").write(RealtimeWrite.put(TreePath.ROOT, Json.parse("1"))).join();
    put("/", "2");
    reopen();
    assertThat(store.names()).containsExactly("other", "test");
    assertThat(store.find("other").orElseThrow().root()).isEqualTo(Nodes.node("1"));
    assertThat(store.find("missing")).isEmpty();
    assertThat(json()).isEqualTo("2");
  }

  @Test
  void afterClosingWritesAreRefused() {
    store.close();
    assertThat(put("a", "1")).isInstanceOf(WriteResult.Unavailable.class);
    assertThat(json()).isEqualTo("null");
  }
}
