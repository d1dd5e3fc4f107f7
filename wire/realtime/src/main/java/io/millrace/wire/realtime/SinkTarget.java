package io.millrace.wire.realtime;

import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.base.runtime.Clock;
import io.millrace.base.runtime.Scheduler;
import io.millrace.engine.pipeline.Delivery;
import io.millrace.engine.rules.Answer;
import io.millrace.engine.rules.OutsideCall;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.Executor;

/// One database elsewhere: one request at a time, which takes along all that waits, and no more
/// writes a second than the service allows.
final class SinkTarget {
  private final JsonObject target;
  private final Delivery http;
  private final Config config;
  private final Clock clock;
  private final Scheduler scheduler;
  private final Executor threads;
  private final ArrayDeque<SinkWrite> waiting = new ArrayDeque<>();
  private boolean isSending;

  /// @param target `url`, and `secret` or `serviceAccount`
  SinkTarget(
      JsonObject target,
      Delivery http,
      Config config,
      Clock clock,
      Scheduler scheduler,
      Executor threads) {
    this.target = target;
    this.http = http;
    this.config = config;
    this.clock = clock;
    this.scheduler = scheduler;
    this.threads = threads;
  }

  void add(SinkWrite write) {
    synchronized (waiting) {
      waiting.add(write);
      if (isSending) {
        return;
      }
      isSending = true;
    }
    threads.execute(this::sendNext);
  }

  boolean isIdle() {
    synchronized (waiting) {
      return !isSending;
    }
  }

  private void sendNext() {
    long beganNanos = clock.nanos();
    var batch = next();
    try {
      send(batch);
    } catch (IOException | RuntimeException e) { // the outbox tries each of them again
      batch.writes().forEach(write -> write.done().completeExceptionally(e));
    }
    long dueNanos = batch.paths() * 1_000_000_000L / config.sinkWritesPerSecond();
    long pauseNanos = dueNanos - (clock.nanos() - beganNanos);
    if (pauseNanos > 0) {
      scheduler.after(Duration.ofNanos(pauseNanos), () -> threads.execute(this::goOn));
    } else {
      goOn();
    }
  }

  private void goOn() {
    synchronized (waiting) {
      if (waiting.isEmpty()) {
        isSending = false;
        return;
      }
    }
    threads.execute(this::sendNext);
  }

  private SinkBatch next() {
    var batch = new SinkBatch();
    synchronized (waiting) {
      while (!waiting.isEmpty()
          && batch.add(waiting.peek(), config.sinkBatchPathsMax(), config.sinkBatchBytesMax())) {
        waiting.remove();
      }
    }
    return batch;
  }

  private void send(SinkBatch batch) throws IOException {
    var answer = http.deliver(new OutsideCall(OutsideCall.HTTP, request(batch)), "");
    if (isTaken(answer)) {
      for (var write : batch.writes()) {
        write.done().complete(written(write));
      }
    } else if (batch.writes().size() == 1) {
      batch.writes().getFirst().done().complete(refused(answer));
    } else { // one of them is at fault; the others must not suffer
      for (var write : batch.writes()) {
        var alone = new SinkBatch();
        alone.add(write, 1, 1);
        send(alone);
      }
    }
  }

  private static boolean isTaken(Answer answer) {
    return answer.delivered()
        && answer.result().get("status") instanceof JsonLong(var status)
        && status >= 200
        && status < 300;
  }

  private static Answer written(SinkWrite write) {
    var values = write.values().keySet();
    var path = values.size() == 1 ? values.iterator().next() : write.path();
    return new Answer(true, JsonObject.of("path", new JsonString(path.toString())));
  }

  private Answer refused(Answer answer) {
    var result = answer.result();
    var why =
        answer.delivered()
            ? "%s answered %s: %s"
                .formatted(uri().getAuthority(), result.get("status"), result.text("body", ""))
            : result.text("error", "The write was not sent.");
    return Answer.failed(why);
  }

  private JsonObject request(SinkBatch batch) {
    var request =
        JsonObject.builder()
            .put("method", "PATCH")
            .put("url", url())
            .put("headers", JsonObject.of("Content-Type", new JsonString("application/json")))
            .put("body", batch.body().toString());
    if (target.get("serviceAccount") instanceof JsonObject account) {
      request.put("serviceAccount", account);
    }
    return request.build();
  }

  private URI uri() {
    return URI.create(target.text("url", ""));
  }

  private String url() {
    var uri = uri();
    var query = uri.getRawQuery() == null ? "" : uri.getRawQuery() + "&";
    var secret = target.text("secret", "");
    return uri.getScheme()
        + "://"
        + uri.getRawAuthority()
        + "/.json?"
        + query
        + "print=silent"
        + (secret.isEmpty() ? "" : "&auth=" + URLEncoder.encode(secret, StandardCharsets.UTF_8));
  }
}
