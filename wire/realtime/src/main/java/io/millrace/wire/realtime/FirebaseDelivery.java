package io.millrace.wire.realtime;

import io.millrace.base.json.JsonObject;
import io.millrace.base.runtime.Clock;
import io.millrace.base.runtime.Scheduler;
import io.millrace.base.runtime.Threads;
import io.millrace.engine.pipeline.Delivery;
import io.millrace.engine.rules.Answer;
import io.millrace.engine.rules.OutsideCall;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;

/// Carries what `firebase` rule nodes write to realtime databases elsewhere, as Firebase's own.
///
/// Calls that wait for the same database travel together. An answer of "not now" (429, 503) is
/// the outbox's to wait for; a batch that is refused is sent again one by one, so that each call
/// gets its own answer.
public final class FirebaseDelivery implements Delivery, AutoCloseable {
  /// The kind of calls this delivers.
  public static final String KIND = "firebase";

  private static final int TARGETS_MAX = 1_000;

  private final Delivery http;
  private final Config config;
  private final Clock clock;
  private final Scheduler scheduler;
  private final ExecutorService threads = Threads.virtual("firebase-sink");
  private final Map<JsonObject, SinkTarget> targets = new ConcurrentHashMap<>();

  /// @param http carries the requests
  public FirebaseDelivery(Delivery http, Config config, Clock clock, Scheduler scheduler) {
    this.http = http;
    this.config = config;
    this.clock = clock;
    this.scheduler = scheduler;
  }

  @Override
  public Answer deliver(OutsideCall call, String idempotencyKey) throws IOException {
    SinkWrite write;
    try {
      write = SinkWrite.of(call.request(), idempotencyKey);
    } catch (IllegalArgumentException e) {
      return Answer.failed(String.valueOf(e.getMessage()));
    }
    if (write.bytes() > config.sinkBatchBytesMax()) {
      return Answer.failed(
          "A write of %d bytes is larger than realtime.sinkBatchBytesMax=%d, which the service takes"
              .formatted(write.bytes(), config.sinkBatchBytesMax()));
    }
    target(call.request()).add(write);
    return answer(write);
  }

  private SinkTarget target(JsonObject request) {
    var target = JsonObject.builder().put("url", request.text("url", ""));
    for (var name : new String[] {"secret", "serviceAccount"}) {
      var value = request.get(name);
      if (value != null) {
        target.put(name, value);
      }
    }
    if (targets.size() >= TARGETS_MAX) {
      targets.values().removeIf(SinkTarget::isIdle);
    }
    return targets.computeIfAbsent(
        target.build(), key -> new SinkTarget(key, http, config, clock, scheduler, this::start));
  }

  /// A pause may end after the close; what waits then stays in the outbox.
  private void start(Runnable work) {
    if (!threads.isShutdown()) {
      threads.execute(work);
    }
  }

  private static Answer answer(SinkWrite write) throws IOException {
    try {
      return write.done().get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Stopped while a write was on its way", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException again) {
        throw again;
      }
      throw new IOException("A write failed: " + e.getCause(), e);
    }
  }

  @Override
  public String peer(OutsideCall call) {
    try {
      return String.valueOf(URI.create(call.request().text("url", "")).getAuthority());
    } catch (IllegalArgumentException malformed) {
      return call.kind();
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
