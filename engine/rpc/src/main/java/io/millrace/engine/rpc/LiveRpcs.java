package io.millrace.engine.rpc;

import io.millrace.base.json.JsonValue;
import io.millrace.base.model.EntityId;
import io.millrace.base.runtime.Clock;
import io.millrace.base.runtime.Scheduler;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/// Commands on their way to devices, and the answers that are awaited. In memory. Any thread.
final class LiveRpcs {
  private final int waitingMax;
  private final Clock clock;
  private final Scheduler scheduler;
  private final List<DeviceLink> links = new CopyOnWriteArrayList<>();
  private final Map<Place, CompletableFuture<RpcReply>> waiting = new ConcurrentHashMap<>();
  private final AtomicInteger numbers = new AtomicInteger();

  LiveRpcs(int waitingMax, Clock clock, Scheduler scheduler) {
    this.waitingMax = waitingMax;
    this.clock = clock;
    this.scheduler = scheduler;
  }

  private record Place(EntityId device, int number) {}

  void link(DeviceLink link) {
    links.add(link);
  }

  int waiting() {
    return waiting.size();
  }

  /// Sends now or not at all.
  ///
  /// @param untilMs milliseconds since 1970; no answer by then is a TIMEOUT
  CompletableFuture<RpcReply> call(RpcRequest request, long untilMs) {
    long leftMs = untilMs - clock.millis();
    if (leftMs <= 0) {
      return failed(RpcReply.Reason.TIMEOUT);
    }
    if (waiting.size() >= waitingMax) {
      return failed(RpcReply.Reason.INTERNAL);
    }
    var place = new Place(request.deviceId(), numbers.getAndIncrement() & Integer.MAX_VALUE);
    var answer = new CompletableFuture<RpcReply>();
    if (!request.oneway()) {
      waiting.put(place, answer); // before it is sent: the answer may be quicker than we
    }
    if (!send(place, request)) {
      waiting.remove(place);
      return failed(RpcReply.Reason.NO_ACTIVE_CONNECTION);
    }
    if (request.oneway()) {
      return CompletableFuture.completedFuture(new RpcReply.Delivered());
    }
    var timeout =
        scheduler.after(
            Duration.ofMillis(leftMs),
            () -> settle(place, new RpcReply.Failed(RpcReply.Reason.TIMEOUT)));
    return answer.whenComplete((_, _) -> timeout.cancel());
  }

  void answered(EntityId device, int number, JsonValue body) {
    settle(new Place(device, number), new RpcReply.Answered(body));
  }

  void reply(EntityId device, String session, int number, JsonValue body) {
    links.forEach(link -> link.reply(device, session, number, body));
  }

  private boolean send(Place place, RpcRequest request) {
    var command = new DeviceLink.Command(place.number, request.method(), request.params());
    for (var link : links) {
      if (link.send(place.device, command)) {
        return true;
      }
    }
    return false;
  }

  private void settle(Place place, RpcReply reply) {
    var asker = waiting.remove(place);
    if (asker != null) {
      asker.complete(reply);
    }
  }

  private static CompletableFuture<RpcReply> failed(RpcReply.Reason reason) {
    return CompletableFuture.completedFuture(new RpcReply.Failed(reason));
  }
}
