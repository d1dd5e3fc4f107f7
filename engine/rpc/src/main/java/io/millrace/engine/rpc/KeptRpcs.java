package io.millrace.engine.rpc;

import io.millrace.base.model.EntityId;
import io.millrace.base.runtime.Clock;
import io.millrace.store.commit.Commit;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends persistent commands when their device listens, and notes how far each has come.
///
/// One pass over a device's open commands at a time, on a thread that may block.
final class KeptRpcs {
  private static final Logger log = LoggerFactory.getLogger(KeptRpcs.class);

  private final Config config;
  private final RpcRows rows;
  private final LiveRpcs live;
  private final Clock clock;
  private final Executor threads;
  private volatile @Nullable DeviceWrites writes;
  private final List<RpcListener> listeners = new CopyOnWriteArrayList<>();
  private final Set<EntityId> passing = ConcurrentHashMap.newKeySet();
  private final Set<UUID> underWay = ConcurrentHashMap.newKeySet();

  KeptRpcs(Config config, RpcRows rows, LiveRpcs live, Clock clock, Executor threads) {
    this.config = config;
    this.rows = rows;
    this.live = live;
    this.clock = clock;
    this.threads = threads;
  }

  void start(DeviceWrites deviceWrites) {
    writes = deviceWrites;
  }

  void onChange(RpcListener listener) {
    listeners.add(listener);
  }

  /// In the device's partition.
  void keep(Commit commit, RpcRequest request) {
    var rpc = Rpc.queued(request, clock.millis());
    rows.insert(commit, rpc);
    commit.onDurable(
        () -> {
          tell(rpc);
          listening(request.deviceId());
        });
  }

  /// The device is there: what waits for it is sent.
  void listening(EntityId device) {
    if (passing.add(device)) {
      threads.execute(() -> pass(device));
    }
  }

  private void pass(EntityId device) {
    try {
      for (var rpc : rows.open(device, config.keptMax())) {
        if (!underWay.contains(rpc.id()) && !send(rpc)) {
          return;
        }
      }
    } catch (RuntimeException e) {
      log.error("Persistent commands of device {} could not be sent", device.id(), e);
    } finally {
      passing.remove(device);
    }
  }

  /// @return false when the device listens no more
  private boolean send(Rpc rpc) {
    long now = clock.millis();
    if (rpc.request().expirationTime() <= now) {
      change(rpc.with(RpcStatus.EXPIRED));
      return true;
    }
    long until = Math.min(rpc.request().expirationTime(), now + config.timeout().toMillis());
    underWay.add(rpc.id());
    var reply = live.call(rpc.request(), until);
    if (isNotConnected(reply)) {
      underWay.remove(rpc.id());
      return false;
    }
    var sent = rpc.sent();
    change(sent);
    var _ =
        reply
            .thenAcceptAsync(what -> settled(sent, what), threads)
            .whenComplete((_, fault) -> failed(rpc, fault));
    return true;
  }

  private static boolean isNotConnected(CompletableFuture<RpcReply> reply) {
    return reply.getNow(new RpcReply.Delivered()) instanceof RpcReply.Failed(var reason)
        && reason != RpcReply.Reason.TIMEOUT;
  }

  private void settled(Rpc sent, RpcReply reply) {
    switch (reply) {
      case RpcReply.Answered(var body) -> change(sent.answered(body));
      case RpcReply.Delivered() -> change(sent.with(RpcStatus.DELIVERED));
      case RpcReply.Kept kept -> throw new IllegalStateException("Kept twice: " + kept);
      case RpcReply.Failed failed -> again(sent);
    }
    underWay.remove(sent.id());
    if (reply instanceof RpcReply.Failed) {
      listening(sent.request().deviceId());
    }
  }

  private void again(Rpc sent) {
    boolean isLast = sent.attempts() > sent.request().retries();
    boolean isOver = sent.request().expirationTime() <= clock.millis();
    change(sent.with(isOver ? RpcStatus.EXPIRED : isLast ? RpcStatus.TIMEOUT : RpcStatus.QUEUED));
  }

  /// Waits until it is durable; a command that was deleted meanwhile stays so.
  private void change(Rpc rpc) {
    var device = writes;
    if (device == null) {
      throw new IllegalStateException("Commands are not started");
    }
    device
        .on(
            rpc.request().deviceId(),
            commit -> {
              boolean isThere = rows.find(rpc.id()).isPresent();
              if (isThere) {
                rows.update(commit, rpc);
                commit.onDurable(() -> tell(rpc));
              }
              return isThere;
            })
        .join();
  }

  private static void failed(Rpc rpc, @Nullable Throwable fault) {
    if (fault != null) {
      log.error("How far the persistent command {} has come could not be noted", rpc.id(), fault);
    }
  }

  void tell(Rpc rpc) {
    listeners.forEach(listener -> listener.changed(rpc));
  }
}
