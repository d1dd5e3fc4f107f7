package io.millrace.engine.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonObject;
import io.millrace.engine.rules.Answer;
import io.millrace.engine.rules.OutsideCall;
import io.millrace.store.commit.Family;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutboxTest {
  @TempDir Path directory;
  private final Outside outside = new Outside();

  @Test
  void theAnswerComesBackAndTheCallIsGone() {
    try (var bed = bed(Bed.config())) {
      bed.send(Bed.device(1), Bed.call("a", 1)).join();
      await().until(() -> bed.answers.size() == 1);
      assertThat(bed.answers).containsExactly(new Answer(true, Bed.value(1)));
      assertThat(bed.rows(Family.OUTBOX)).isZero();
      assertThat(outside.calls("a")).containsExactly(1L);
    }
  }

  @Test
  void aCallOfARefusedMessageIsNeverMade() {
    try (var bed = bed(Bed.config())) {
      var both = Bed.call("a", 1).toBuilder().put("fail", true).build();
      assertThat(bed.send(Bed.device(1), both)).failsWithin(Duration.ofSeconds(5));
      bed.send(Bed.device(1), Bed.call("a", 2)).join();
      await().until(() -> bed.answers.size() == 1);
      assertThat(outside.calls("a")).containsExactly(2L);
    }
  }

  @Test
  void callsOfOneDeviceKeepTheirOrderThroughRetries() {
    outside.failing.put("a", 2);
    try (var bed = bed(Bed.config())) {
      for (int i = 1; i <= 5; i++) {
        bed.send(Bed.device(1), Bed.call("a", i)).join();
      }
      awaitRetried(bed, 1);
      bed.time.advance(Duration.ofSeconds(2));
      awaitRetried(bed, 2);
      assertThat(outside.calls("a")).isEmpty();
      bed.time.advance(Duration.ofSeconds(3));
      await().until(() -> bed.answers.size() == 5);
      assertThat(outside.calls("a")).containsExactly(1L, 2L, 3L, 4L, 5L);
    }
  }

  @Test
  void aDeadPeerHoldsUpNobodyElse() {
    outside.hanging.add("dead");
    try (var bed = bed(Bed.config())) {
      for (int i = 0; i < 200; i++) {
        bed.send(Bed.device(i), Bed.call("dead", i));
        bed.send(Bed.device(i), Bed.call("alive", i));
      }
      await().until(() -> outside.calls("alive").size() == 200);
      assertThat(outside.tries("dead")).isEqualTo(4); // concurrencyPerPeer
      outside.release.countDown();
      await().until(() -> bed.answers.size() == 400);
    }
  }

  @Test
  void aCallThatFailsForGoodIsADeadLetterAndTheChainGoesOn() {
    outside.failing.put("a", 3);
    try (var bed = bed(Bed.config())) {
      bed.send(Bed.device(1), Bed.call("a", 1)).join();
      for (int i = 1; i <= 2; i++) {
        awaitRetried(bed, i);
        bed.time.advance(Duration.ofMinutes(1));
      }
      await().until(() -> bed.answers.size() == 1);
      var reason = "Given up after 3 tries: a is not there";
      assertThat(bed.answers).containsExactly(Answer.failed(reason));
      assertThat(bed.rows(Family.OUTBOX)).isZero();
      var letters = bed.pipeline.deadLetters().list(Bed.TENANT, 10);
      assertThat(letters).singleElement().extracting(DeadLetter::reason).isEqualTo(reason);

      assertThat(bed.pipeline.deadLetters().resend(Bed.TENANT, letters.getFirst().id())).isTrue();
      await().until(() -> bed.answers.size() == 2);
      assertThat(bed.pipeline.deadLetters().count()).isZero();
      assertThat(outside.keys("a")).hasSize(1); // one idempotency key through it all
    }
  }

  @Test
  void deadLettersAreBoundedAndDropped() {
    outside.failing.put("a", Integer.MAX_VALUE);
    try (var bed = bed(Bed.config())) {
      for (int i = 0; i < 8; i++) {
        bed.send(Bed.device(1), Bed.call("a", i)).join();
        for (int retry = 1; retry <= 2; retry++) {
          awaitRetried(bed, i * 2 + retry);
          bed.time.advance(Duration.ofMinutes(1));
        }
        int given = i + 1;
        await().until(() -> bed.answers.size() == given);
      }
      var letters = bed.pipeline.deadLetters().list(Bed.TENANT, 100);
      assertThat(letters).hasSize(5);
      assertThat(letters.getFirst().call().request().get("v")).isEqualTo(new JsonLong(7));
      assertThat(bed.pipeline.deadLetters().drop(Bed.TENANT, letters.getFirst().id())).isTrue();
      assertThat(bed.pipeline.deadLetters().drop(Bed.TENANT, letters.getFirst().id())).isFalse();
      assertThat(bed.pipeline.deadLetters().count()).isEqualTo(4);
    }
  }

  @Test
  void whatWaitsAtTheEndIsDeliveredByTheNextRun() {
    outside.hanging.add("a");
    try (var bed = bed(Bed.config())) {
      for (int i = 0; i < 20; i++) {
        bed.send(Bed.device(1), Bed.call("a", i)).join();
      }
      await().until(() -> outside.tries("a") == 1);
    }
    outside.hanging.clear();
    try (var bed = bed(Bed.config())) {
      await().until(() -> bed.answers.size() == 20);
      assertThat(outside.calls("a")).isSorted().hasSize(20);
      assertThat(bed.rows(Family.OUTBOX)).isZero();
    }
  }

  @Test
  void moreThanFitsInMemoryWaitsOnDiskInOrder() {
    outside.hanging.add("a");
    try (var bed = bed(Bed.config(16_384, 5, 100_000))) {
      for (int i = 0; i < 300; i++) {
        bed.send(Bed.device(i % 3), Bed.call("a", i)).join();
      }
      outside.release.countDown();
      await().until(() -> bed.answers.size() == 300);
      for (int device = 0; device < 3; device++) {
        int rest = device;
        assertThat(outside.calls("a")).filteredOn(v -> v % 3 == rest).isSorted().hasSize(100);
      }
    }
  }

  @Test
  void aPeerWithTooMuchWaitingGetsDeadLettersAtOnce() {
    outside.hanging.add("a");
    try (var bed = bed(Bed.config(16_384, 5, 10))) {
      for (int i = 0; i < 14; i++) {
        bed.send(Bed.device(1), Bed.call("a", i)).join();
      }
      assertThat(bed.answers).hasSize(4).allMatch(answer -> !answer.delivered());
      assertThat(bed.pipeline.deadLetters().list(Bed.TENANT, 10).getFirst().reason())
          .contains("10 calls to test a wait already");
      outside.release.countDown();
      await().until(() -> bed.answers.size() == 14);
    }
  }

  @Test
  void anEmbeddedEffectHappensOnceThoughTheProcessEndsBeforeTheAnswer() {
    var inside = new Inside();
    try (var bed = new Bed(directory, Bed.config(), 1)) {
      inside.bed = bed;
      bed.pipeline.deliveries(Bed.KIND, inside);
      bed.pipeline.start();
      bed.send(Bed.device(1), Bed.call("a", 1)).join();
      await().until(() -> inside.effects == 1); // and hangs: the answer is never given
    }
    inside.hang = false;
    try (var bed = new Bed(directory, Bed.config(), 2)) {
      inside.bed = bed;
      bed.pipeline.deliveries(Bed.KIND, inside);
      bed.pipeline.start();
      await().until(() -> bed.answers.size() == 1);
      assertThat(inside.effects).isEqualTo(1);
      assertThat(bed.rows(Family.OUTBOX)).isZero();
      assertThat(bed.store.get(Family.META, new byte[] {9})).isEqualTo(new byte[] {1});
    }
  }

  @Test
  void aMessageThatChangesItsOriginatorGoesOnInThatOnesPartition() {
    try (var bed = bed(Bed.config())) {
      var threads = new HashMap<Long, String>();
      for (long i = 0; i < 4; i++) {
        var execute = bed.pipeline.ingest().execute(Bed.device(i), _ -> Thread.currentThread());
        threads.put(i, execute.join().getName());
      }
      assertThat(Set.copyOf(threads.values())).hasSize(2);
      for (long i = 0; i < 4; i++) {
        bed.send(Bed.device(0), JsonObject.builder().put("hop", i).build()).join();
      }
      await().until(() -> bed.answers.size() == 4);
      for (long i = 0; i < 4; i++) {
        var expected = i + " \\d+ hopped to " + threads.get(i);
        assertThat(bed.kept()).anyMatch(text -> text.matches(expected));
      }
      assertThat(bed.rows(Family.OUTBOX)).isZero();
    }
  }

  @Test
  void aSlowPartOfThisProcessMakesSendersWait() {
    var inside = new Inside();
    try (var bed = new Bed(directory, Bed.config(), 1)) {
      inside.bed = bed;
      bed.pipeline.deliveries(Bed.KIND, inside);
      bed.pipeline.start();
      for (int i = 0; i < 500; i++) {
        bed.send(Bed.device(i % 10), Bed.call("a", i)).join();
        assertThat(bed.pipeline.ingest().isWritable()).isEqualTo(i < 50); // waitingInside
      }
      bed.send(Bed.device(1), Bed.call("a", 500)).join();
      assertThat(bed.send(Bed.device(1), Bed.call("a", 501)))
          .failsWithin(Duration.ofSeconds(5))
          .withThrowableThat()
          .withMessageContaining("pipeline.outgoing.waitingInside=50");
      inside.release.countDown();
      await().until(() -> bed.answers.size() == 501);
      assertThat(bed.pipeline.ingest().isWritable()).isTrue();
    }
  }

  private Bed bed(Config config) {
    var bed = new Bed(directory, config, outside.runs++);
    bed.pipeline.deliveries(Bed.KIND, outside);
    bed.pipeline.start();
    return bed;
  }

  /// Until so many failed tries in all wait for their time.
  private static void awaitRetried(Bed bed, long retried) {
    await().until(() -> bed.counters.snapshot().get("pipeline.calls_retried") == retried);
  }

  /// A peer that works, hangs or fails.
  private static final class Outside implements Delivery {
    final Map<String, Integer> failing = new ConcurrentHashMap<>();
    final Set<String> hanging = ConcurrentHashMap.newKeySet();
    final CountDownLatch release = new CountDownLatch(1);
    private final ConcurrentLinkedQueue<String> tried = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<String> done = new ConcurrentLinkedQueue<>();
    private final Set<String> keys = ConcurrentHashMap.newKeySet();
    int runs = 1;

    @Override
    public Answer deliver(OutsideCall call, String idempotencyKey) throws IOException {
      var peer = peer(call);
      tried.add(peer);
      keys.add(peer + idempotencyKey);
      if (hanging.contains(peer)) {
        hang();
      }
      if (failing.getOrDefault(peer, 0) > 0) {
        failing.merge(peer, -1, Integer::sum);
        throw new IOException(peer + " is not there");
      }
      done.add(peer + " " + call.request().get("v"));
      return new Answer(true, JsonObject.of("v", call.request().get("v")));
    }

    @Override
    public String peer(OutsideCall call) {
      return call.request().text("call", "");
    }

    long tries(String peer) {
      return tried.stream().filter(peer::equals).count();
    }

    List<Long> calls(String peer) {
      var values = new ArrayList<Long>();
      for (var one : done) {
        if (one.startsWith(peer + " ")) {
          values.add(Long.parseLong(one.substring(peer.length() + 1)));
        }
      }
      return values;
    }

    List<String> keys(String peer) {
      return keys.stream().filter(key -> key.startsWith(peer)).toList();
    }

    private void hang() throws IOException {
      try {
        release.await();
      } catch (InterruptedException e) {
        throw new IOException("stopped", e);
      }
    }
  }

  /// A part of the same process that takes effect in a commit and then hangs.
  private static final class Inside implements EmbeddedDelivery {
    volatile Bed bed;
    volatile int effects;
    volatile boolean hang = true;
    final CountDownLatch release = new CountDownLatch(1);

    @Override
    public boolean takes(OutsideCall call) {
      return true;
    }

    @Override
    public synchronized Answer deliver(
        OutsideCall call, String idempotencyKey, Settlement settlement) {
      var answer = new Answer(true, JsonObject.EMPTY);
      try (var commit = bed.store.begin()) {
        commit.put(Family.META, new byte[] {9}, new byte[] {(byte) ++effects});
        settlement.into(commit, answer);
        commit.write();
      }
      if (hang) {
        try {
          release.await();
        } catch (InterruptedException e) {
          throw new AssertionError("the process is gone", e);
        }
      }
      return answer;
    }
  }
}
