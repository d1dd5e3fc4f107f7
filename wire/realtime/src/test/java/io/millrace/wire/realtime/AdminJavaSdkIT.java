package io.millrace.wire.realtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.firebase.FirebaseApp;
import com.google.firebase.FirebaseOptions;
import com.google.firebase.database.ChildEventListener;
import com.google.firebase.database.DataSnapshot;
import com.google.firebase.database.DatabaseError;
import com.google.firebase.database.DatabaseReference;
import com.google.firebase.database.FirebaseDatabase;
import com.google.firebase.database.MutableData;
import com.google.firebase.database.Query;
import com.google.firebase.database.ServerValue;
import com.google.firebase.database.Transaction;
import com.google.firebase.database.ValueEventListener;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Firebase's Admin SDK for Java as a client, unchanged.
class AdminJavaSdkIT {
  @TempDir static Path directory;
  private static RealtimeFixture server;
  private static FirebaseApp app;
  private static FirebaseDatabase db;

  @BeforeAll
  static void connect() {
    server = new RealtimeFixture(directory, Map.of("rules", "closed", "emulator", "true"));
    app = app("java", Map.of());
    db = FirebaseDatabase.getInstance(app);
  }

  /// @param auth whom the rules see; empty for an administrator
  private static FirebaseApp app(String name, Map<String, Object> auth) {
    var inAnHour = Date.from(Instant.now().plus(Duration.ofHours(1)));
    var options =
        FirebaseOptions.builder()
            .setCredentials(
                GoogleCredentials.create(new AccessToken(RealtimeFixture.ADMIN, inAnHour)))
            .setDatabaseUrl("http://localhost:" + server.api.port() + "/?ns=java");
    if (!auth.isEmpty()) {
      options.setDatabaseAuthVariableOverride(auth);
    }
    return FirebaseApp.initializeApp(options.build(), name);
  }

  @AfterAll
  static void disconnect() {
    app.delete();
    server.close();
  }

  private static <T> T done(com.google.api.core.ApiFuture<T> future) throws Exception {
    return future.get(30, TimeUnit.SECONDS);
  }

  private static void set(DatabaseReference ref, Object value) throws Exception {
    done(ref.setValueAsync(value));
  }

  /// The value as it comes with the first event.
  private static DataSnapshot once(Query query) throws Exception {
    var seen = new CompletableFuture<DataSnapshot>();
    query.addListenerForSingleValueEvent(heard(seen::complete));
    return seen.get(30, TimeUnit.SECONDS);
  }

  private static ValueEventListener heard(Consumer<DataSnapshot> listener) {
    return new ValueEventListener() {
      @Override
      public void onDataChange(DataSnapshot snapshot) {
        listener.accept(snapshot);
      }

      @Override
      public void onCancelled(DatabaseError error) {
        throw error.toException();
      }
    };
  }

  private static List<String> keys(Query query) throws Exception {
    var keys = new ArrayList<String>();
    once(query).getChildren().forEach(child -> keys.add(child.getKey()));
    return keys;
  }

  private static void until(Runnable holds) {
    await().atMost(Duration.ofSeconds(30)).untilAsserted(holds::run);
  }

  @Test
  void setUpdatePushAndRemove() throws Exception {
    var ref = db.getReference("basics");
    set(ref, Map.of("n", Long.MAX_VALUE, "text", "grün 😀", "list", List.of(1, 2), "f", 1e300));
    var seen = once(ref);
    assertThat(seen.child("n").getValue()).isEqualTo(Long.MAX_VALUE);
    assertThat(seen.child("text").getValue()).isEqualTo("grün 😀");
    assertThat(seen.child("list").getValue()).isEqualTo(List.of(1L, 2L));
    assertThat(seen.child("f").getValue()).isEqualTo(1e300);
    done(ref.updateChildrenAsync(Map.of("a/b", true, "n", 2)));
    assertThat(once(ref.child("a/b")).getValue()).isEqualTo(true);
    var pushed = ref.child("log").push();
    set(pushed, "entry");
    assertThat(once(ref.child("log")).child(String.valueOf(pushed.getKey())).getValue())
        .isEqualTo("entry");
    done(ref.removeValueAsync());
    assertThat(once(ref).exists()).isFalse();
  }

  @Test
  void listenersHearValuesAndChildren() throws Exception {
    var ref = db.getReference("events");
    List<String> seen = new CopyOnWriteArrayList<>();
    var listener =
        ref.addChildEventListener(
            new ChildEventListener() {
              @Override
              public void onChildAdded(DataSnapshot child, String previous) {
                seen.add("added " + child.getKey() + " after " + previous);
              }

              @Override
              public void onChildChanged(DataSnapshot child, String previous) {
                seen.add("changed " + child.getKey() + " to " + child.getValue());
              }

              @Override
              public void onChildRemoved(DataSnapshot child) {
                seen.add("removed " + child.getKey());
              }

              @Override
              public void onChildMoved(DataSnapshot child, String previous) {
                seen.add("moved " + child.getKey() + " after " + previous);
              }

              @Override
              public void onCancelled(DatabaseError error) {
                seen.add(error.getMessage());
              }
            });
    set(ref.child("b"), 1);
    set(ref.child("a"), 1);
    set(ref.child("b"), 2);
    done(ref.child("a").setPriorityAsync(5));
    done(ref.child("b").removeValueAsync());
    until(
        () ->
            assertThat(seen)
                .containsSubsequence(
                    "added b after null", "changed b to 2", "moved a after b", "removed b"));
    ref.removeEventListener(listener);
  }

  @Test
  void transactionsOfSeveralLoseNothing() throws Exception {
    var other = app("second", Map.of());
    var ref = db.getReference("counter");
    var same = FirebaseDatabase.getInstance(other).getReference("counter");
    var committed = new ArrayList<CompletableFuture<Boolean>>();
    for (int i = 0; i < 10; i++) {
      committed.add(increment(ref));
      committed.add(increment(same));
    }
    for (var one : committed) {
      assertThat(one.get(30, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(once(ref).getValue()).isEqualTo(20L);
    other.delete();
  }

  private static CompletableFuture<Boolean> increment(DatabaseReference ref) {
    var done = new CompletableFuture<Boolean>();
    ref.runTransaction(
        new Transaction.Handler() {
          @Override
          public Transaction.Result doTransaction(MutableData data) {
            var now = data.getValue(Long.class);
            data.setValue(now == null ? 1L : now + 1);
            return Transaction.success(data);
          }

          @Override
          public void onComplete(DatabaseError error, boolean committed, DataSnapshot snapshot) {
            done.complete(error == null && committed);
          }
        });
    return done;
  }

  @Test
  void orderedQueriesAndPriorities() throws Exception {
    var ref = db.getReference("queries");
    set(
        ref,
        Map.of("a", Map.of("h", 3), "b", Map.of("h", 1), "c", Map.of("h", 2), "d", Map.of("q", 1)));
    assertThat(keys(ref.orderByChild("h"))).containsExactly("d", "b", "c", "a");
    assertThat(keys(ref.orderByChild("h").startAt(2))).containsExactly("c", "a");
    assertThat(keys(ref.orderByChild("h").equalTo(1))).containsExactly("b");
    assertThat(keys(ref.orderByKey().limitToLast(2))).containsExactly("c", "d");
    assertThat(keys(ref.orderByKey().startAt("b").endAt("c"))).containsExactly("b", "c");
    var ranked = db.getReference("ranked");
    done(ranked.child("x").setValueAsync("last", 9));
    done(ranked.child("y").setValueAsync("first", 1));
    assertThat(keys(ranked.orderByPriority())).containsExactly("y", "x");
    assertThat(once(ranked.child("x")).getPriority()).isEqualTo(9.0);
  }

  @Test
  void serverValuesAndOnDisconnect() throws Exception {
    var leaving = app("leaving", Map.of());
    var ref = FirebaseDatabase.getInstance(leaving).getReference("presence");
    set(ref, new HashMap<>(Map.of("here", true, "since", ServerValue.TIMESTAMP)));
    done(ref.child("here").onDisconnect().setValueAsync(false));
    done(ref.onDisconnect().updateChildrenAsync(Map.of("left", ServerValue.TIMESTAMP)));
    done(ref.child("never").onDisconnect().setValueAsync(1));
    done(ref.child("never").onDisconnect().cancelAsync());
    leaving.delete();
    var seen = new CopyOnWriteArrayList<DataSnapshot>();
    var listener = db.getReference("presence").addValueEventListener(heard(seen::add));
    until(() -> assertThat(seen.getLast().child("here").getValue()).isEqualTo(false));
    until(() -> assertThat(seen.getLast().hasChild("left")).isTrue());
    assertThat(seen.getLast().hasChild("never")).isFalse();
    db.getReference("presence").removeEventListener(listener);
  }

  @Test
  void rulesDecideAboutAnAuthOverride() throws Exception {
    server.rules(
        "java", "{'mine':{'$uid':{'.read':'auth.uid === $uid','.write':'auth.uid === $uid'}}}");
    var user = app("user", Map.of("uid", "ann"));
    var users = FirebaseDatabase.getInstance(user);
    set(users.getReference("mine/ann"), 1);
    var refused = new CompletableFuture<DatabaseError>();
    users.getReference("mine/bob").setValue(1, (error, _) -> refused.complete(error));
    assertThat(refused.get(30, TimeUnit.SECONDS).getCode())
        .isEqualTo(DatabaseError.PERMISSION_DENIED);
    user.delete();
  }

  /// Over a reconnect the SDK tells what it holds in hashes of ranges; only what differs is sent.
  @Test
  void aLargeTreeIsBroughtUpToDateInRanges() throws Exception {
    var reader = app("reader", Map.of());
    var base = FirebaseDatabase.getInstance(reader);
    var ref = db.getReference("large");
    var all = new LinkedHashMap<String, Object>();
    IntStream.range(0, 3_000)
        .forEach(i -> all.put("key%05d".formatted(i), Map.of("n", i, "text", "value " + i)));
    set(ref, all);
    var seen = new CopyOnWriteArrayList<DataSnapshot>();
    base.getReference("large").addValueEventListener(heard(seen::add));
    until(() -> assertThat(seen).hasSize(1));
    base.goOffline();
    set(ref.child("key00007/n"), -7);
    done(ref.child("key02000").removeValueAsync());
    set(ref.child("zzz"), "last");
    done(ref.child("key00100").setPriorityAsync("p"));
    long before = server.count("realtime.range_merges");
    base.goOnline();
    until(() -> assertThat(seen.getLast().child("zzz").getValue()).isEqualTo("last"));
    var now = seen.getLast();
    assertThat(server.count("realtime.range_merges")).isGreaterThan(before);
    assertThat(now.getValue(true)).isEqualTo(once(ref).getValue(true));
    assertThat(now.child("key00007/n").getValue()).isEqualTo(-7L);
    assertThat(now.hasChild("key02000")).isFalse();
    assertThat(now.child("key00100").getPriority()).isEqualTo("p");
    assertThat(now.getChildrenCount()).isEqualTo(3_000);
    reader.delete();
  }

  @Test
  void writesMadeOfflineArriveAfterReconnecting() throws Exception {
    var away = app("away", Map.of());
    var base = FirebaseDatabase.getInstance(away);
    set(base.getReference("offline"), "before");
    base.goOffline();
    var late = base.getReference("offline").setValueAsync("while away");
    assertThat(once(db.getReference("offline")).getValue()).isEqualTo("before");
    base.goOnline();
    done(late);
    assertThat(once(db.getReference("offline")).getValue()).isEqualTo("while away");
    away.delete();
  }
}
