package io.millrace.wire.device;

import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonValue;
import io.millrace.base.model.EntityId;
import io.millrace.engine.rpc.DeviceLink;
import io.millrace.engine.rpc.Rpcs;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/// Commands to devices that wait for one with a long poll, and the answers to what devices ask
/// over HTTP. Any thread; the waiting ones are virtual.
final class HttpCommands implements DeviceLink {
  private final Rpcs rpcs;
  private final Map<EntityId, ArrayDeque<Poll>> polls = new ConcurrentHashMap<>();
  private final Map<String, CompletableFuture<JsonValue>> questions = new ConcurrentHashMap<>();
  private final AtomicLong sessions = new AtomicLong();

  /// A device that waits; each is itself only.
  private static final class Poll {
    private final CompletableFuture<JsonObject> command;

    Poll(CompletableFuture<JsonObject> command) {
      this.command = command;
    }
  }

  HttpCommands(Rpcs rpcs) {
    this.rpcs = rpcs;
    rpcs.link(this);
  }

  /// Waits for a command; empty when none comes in time.
  Optional<JsonObject> poll(EntityId device, long timeoutMs) throws InterruptedException {
    var poll = new Poll(new CompletableFuture<>());
    polls.compute(
        device,
        (_, waiting) -> {
          var all = waiting == null ? new ArrayDeque<Poll>() : waiting;
          all.add(poll);
          return all;
        });
    rpcs.listening(device);
    try {
      return Optional.of(get(poll.command, timeoutMs));
    } catch (TimeoutException e) {
      forget(device, poll);
      return Optional.ofNullable(poll.command.getNow(null)); // one may have come at the last moment
    }
  }

  /// A question that waits for its answer.
  record Question(String session, CompletableFuture<JsonValue> answer) {}

  Question ask() {
    var session = "http-" + sessions.incrementAndGet();
    var answer = new CompletableFuture<JsonValue>();
    questions.put(session, answer);
    return new Question(session, answer);
  }

  Optional<JsonValue> await(Question question, long timeoutMs) throws InterruptedException {
    try {
      return Optional.of(get(question.answer(), timeoutMs));
    } catch (TimeoutException e) {
      return Optional.empty();
    } finally {
      questions.remove(question.session());
    }
  }

  @Override
  public boolean send(EntityId device, Command command) {
    var body =
        JsonObject.builder()
            .put("id", command.number())
            .put("method", command.method())
            .put("params", command.params())
            .build();
    var sent = new boolean[1];
    polls.computeIfPresent(
        device,
        (_, waiting) -> {
          while (!sent[0] && !waiting.isEmpty()) {
            sent[0] = waiting.remove().command.complete(body);
          }
          return waiting.isEmpty() ? null : waiting;
        });
    return sent[0];
  }

  @Override
  public void reply(EntityId device, String session, int number, JsonValue body) {
    var question = questions.get(session);
    if (question != null) {
      question.complete(body);
    }
  }

  private void forget(EntityId device, Poll poll) {
    polls.computeIfPresent(
        device,
        (_, waiting) -> {
          waiting.remove(poll);
          return waiting.isEmpty() ? null : waiting;
        });
  }

  private static <T> T get(CompletableFuture<T> future, long timeoutMs)
      throws InterruptedException, TimeoutException {
    try {
      return future.get(timeoutMs, TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }
}
