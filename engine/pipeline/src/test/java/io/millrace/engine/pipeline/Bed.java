package io.millrace.engine.pipeline;

import io.millrace.base.config.Settings;
import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonObject;
import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import io.millrace.base.runtime.Ack;
import io.millrace.base.runtime.Clock;
import io.millrace.base.runtime.Counters;
import io.millrace.base.runtime.Ids;
import io.millrace.base.runtime.Refusal;
import io.millrace.engine.rules.Answer;
import io.millrace.engine.rules.BatchContext;
import io.millrace.engine.rules.CallFrame;
import io.millrace.engine.rules.OutsideCall;
import io.millrace.engine.rules.RuleMessage;
import io.millrace.engine.rules.Verdict;
import io.millrace.store.commit.CommitStore;
import io.millrace.store.commit.Family;
import io.millrace.store.messages.LoggedMessage;
import io.millrace.store.messages.MessageLog;
import io.millrace.testkit.SimulatedTime;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/// A pipeline on a real store, with a stand-in for the rule chains that keeps each message.
///
/// A body member `fail` makes it throw, `call` makes it call outside (to the peer it names); the
/// answer is kept as well.
final class Bed implements AutoCloseable {
  static final EntityId TENANT = new EntityId(EntityType.TENANT, new UUID(1, 1));
  static final UUID NODE = new UUID(7, 7);
  static final String KIND = "test";
  static final CallFrame FRAME = new CallFrame(TENANT, new UUID(6, 6), NODE, "", List.of());

  final SimulatedTime time = new SimulatedTime();
  final Counters counters = new Counters();
  final CommitStore store;
  final Pipeline pipeline;
  final MessageLog log;
  final ConcurrentLinkedQueue<Answer> answers = new ConcurrentLinkedQueue<>();
  final ConcurrentLinkedQueue<String> order = new ConcurrentLinkedQueue<>();
  final AtomicInteger runs = new AtomicInteger();
  final List<CallFrame> selfStarting = new ArrayList<>();
  private final Ids ids;

  Bed(Path directory, Config config, int run) {
    store = CommitStore.open(directory, 16 << 20);
    ids = new Ids(Clock.SYSTEM, new SplittableRandom(run));
    pipeline = Pipeline.open(config, store, new Keeping(), time, time, counters, ids);
    log =
        MessageLog.open(
            store,
            Settings.defaults(io.millrace.store.messages.Config.class),
            Clock.SYSTEM,
            time,
            counters);
    pipeline.keepMessages(log);
  }

  static Config config() {
    return config(16_384, 1_000, 100_000);
  }

  static Config config(int queueMessages, int memoryPerPeer, long waitingPerPeer) {
    var outgoing =
        new Config.Outgoing(
            64,
            4,
            memoryPerPeer,
            8 << 20,
            waitingPerPeer,
            50,
            3,
            Duration.ofSeconds(1),
            Duration.ofMinutes(1),
            Duration.ofHours(1),
            5);
    return new Config(2, queueMessages, 64 << 20, 1_024, 4 << 20, 1_000, outgoing);
  }

  static EntityId device(long number) {
    return new EntityId(EntityType.DEVICE, new UUID(2, number));
  }

  /// Sends one unstamped row; the future completes with the acknowledgement.
  CompletableFuture<Void> send(EntityId device, JsonObject values) {
    var acked = new Acked();
    pipeline
        .ingest()
        .telemetry(
            TENANT,
            device,
            JsonObject.of("deviceName", new io.millrace.base.json.JsonString("d")),
            List.of(TelemetryRow.unstamped(values)),
            acked);
    return acked.future;
  }

  static JsonObject value(long value) {
    return JsonObject.of("v", new JsonLong(value));
  }

  static JsonObject call(String peer, long value) {
    return JsonObject.builder().put("call", peer).put("v", value).build();
  }

  /// What is in the store: `DEVICE-number ts body`, in the order of device and arrival.
  List<String> kept() {
    return texts(Family.REALTIME);
  }

  /// The bodies in the message log, as they came in.
  List<LoggedMessage> logged() {
    var all = new ArrayList<LoggedMessage>();
    log.eachMessage(TENANT, 0, Long.MAX_VALUE, all::add);
    return all;
  }

  long rows(Family family) {
    return texts(family).size();
  }

  private List<String> texts(Family family) {
    var texts = new ArrayList<String>();
    store.scan(
        family,
        new byte[0],
        new byte[] {(byte) 0xff},
        (_, value) -> texts.add(new String(value, StandardCharsets.UTF_8)));
    return texts;
  }

  @Override
  public void close() {
    pipeline.close();
    log.close();
    store.close();
  }

  /// An [Ack] to wait for.
  static final class Acked implements Ack {
    final CompletableFuture<Void> future = new CompletableFuture<>();

    @Override
    public void done() {
      future.complete(null);
    }

    @Override
    public void refused(Refusal refusal) {
      future.completeExceptionally(new RefusedException(refusal));
    }
  }

  private final class Keeping implements Rules {
    @Override
    public Verdict run(RuleMessage message, EntityId tenantId, BatchContext batch) {
      runs.incrementAndGet();
      keep(message, message.body().toString(), batch);
      if (message.body() instanceof JsonObject body && body.has("call")) {
        batch.callOutside(
            new CallFrame(tenantId, new UUID(6, 6), NODE, "", List.of()),
            message,
            new OutsideCall(KIND, body));
      }
      if (message.body() instanceof JsonObject body
          && body.get("hop") instanceof JsonLong(long other)) {
        batch.callOutside(
            new CallFrame(tenantId, new UUID(6, 6), NODE, "Success", List.of()),
            message.withOriginator(device(other)),
            new OutsideCall(OutsideCall.HOP, JsonObject.EMPTY));
      }
      if (message.body() instanceof JsonObject body
          && body.get("wakeAfter") instanceof JsonLong(long ms)) {
        batch.wakeLater(FRAME, message, time.millis() + ms);
      } else if (message.body() instanceof JsonObject body && body.has("fail")) {
        throw new IllegalStateException("asked to fail");
      }
      var isBad =
          message.body() instanceof JsonObject body
              && body.get("badUntil") instanceof JsonLong(long until)
              && time.millis() < until;
      var queue = message.body() instanceof JsonObject body ? body.text("queue", "") : "";
      return isBad
          ? new Verdict(Verdict.Kind.FAILED, "node: it is too early", queue)
          : Verdict.WELL;
    }

    @Override
    public void resume(CallFrame where, RuleMessage message, Answer answer, BatchContext batch) {
      var thread = Thread.currentThread().getName();
      var what = answer.result().isEmpty() ? "hopped to " + thread : "answer " + answer.result();
      keep(message.withId(ids.next()), what, batch);
      batch.commit().onDurable(() -> answers.add(answer));
    }

    @Override
    public void wake(CallFrame where, RuleMessage message, BatchContext batch) {
      keep(message.withId(ids.next()), "woken " + message.body(), batch);
      if (message.body() instanceof JsonObject body && body.has("fail")) {
        throw new IllegalStateException("asked to fail");
      }
    }

    @Override
    public void onSelfStarting(Consumer<CallFrame> starter) {
      selfStarting.forEach(starter);
    }

    private void keep(RuleMessage message, String what, BatchContext batch) {
      var key = new byte[EntityId.BYTES + 16];
      var id = message.id();
      java.nio.ByteBuffer.wrap(key)
          .put(message.originator().bytes())
          .putLong(message.ts())
          .putLong(id.getLeastSignificantBits());
      var text =
          message.originator().id().getLeastSignificantBits() + " " + message.ts() + " " + what;
      batch.commit().put(Family.REALTIME, key, text.getBytes(StandardCharsets.UTF_8));
      batch.commit().onDurable(() -> order.add(text));
    }
  }
}
