package io.millrace.engine.rpc;

import io.millrace.base.json.JsonValue;
import io.millrace.base.model.EntityId;
import io.millrace.base.runtime.Clock;
import io.millrace.base.runtime.Scheduler;
import io.millrace.base.runtime.Threads;
import io.millrace.store.commit.Commit;
import io.millrace.store.commit.CommitStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The door to commands: who asks, who answers, what is kept. Any thread, unless said otherwise.
public final class Rpcs implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Rpcs.class);
  private static final long CLOSE_SECONDS = 10;

  private final Config config;
  private final Clock clock;
  private final RpcRows rows;
  private final LiveRpcs live;
  private final KeptRpcs kept;
  private final ExecutorService threads = Threads.virtual("rpc");
  private final Map<UUID, CompletableFuture<RpcReply>> askers = new ConcurrentHashMap<>();

  private Rpcs(Config config, CommitStore store, Clock clock, Scheduler scheduler) {
    this.config = config;
    this.clock = clock;
    this.rows = new RpcRows(store);
    this.live = new LiveRpcs(config.waitingMax(), clock, scheduler);
    this.kept = new KeptRpcs(config, rows, live, clock, threads);
  }

  public static Rpcs open(Config config, CommitStore store, Clock clock, Scheduler scheduler) {
    return new Rpcs(config, store, clock, scheduler);
  }

  /// Persistent commands are noted through `writes` from now on.
  public void start(DeviceWrites writes) {
    kept.start(writes);
  }

  public Config config() {
    return config;
  }

  /// Adds a way to reach devices.
  public void link(DeviceLink link) {
    live.link(link);
  }

  /// Tells of every step of a persistent command.
  public void onChange(RpcListener listener) {
    kept.onChange(listener);
  }

  /// Sends a command to its device, or fails at once when the device listens nowhere.
  public CompletableFuture<RpcReply> call(RpcRequest request) {
    return live.call(request, request.expirationTime());
  }

  /// Keeps a persistent command; it is sent when the device listens. In the device's partition.
  ///
  /// @throws IllegalArgumentException when too many of that device are kept
  public void keep(Commit commit, RpcRequest request) {
    if (rows.countOpen(request.deviceId(), config.keptMax()) >= config.keptMax()) {
      throw new IllegalArgumentException(
          "%d commands wait for this device already (rpc.keptMax); connect the device, or delete some."
              .formatted(config.keptMax()));
    }
    kept.keep(commit, request);
  }

  /// A device answered a command.
  public void answered(EntityId device, int number, JsonValue body) {
    live.answered(device, number, body);
  }

  /// A device has begun to listen for commands.
  public void listening(EntityId device) {
    kept.listening(device);
  }

  /// Answers what a device asked.
  public void reply(EntityId device, String session, int number, JsonValue body) {
    live.reply(device, session, number, body);
  }

  /// What becomes of a request that goes through the rule chains; a TIMEOUT when none of them
  /// settles it within `timeoutMs`.
  public CompletableFuture<RpcReply> expect(UUID requestId, long timeoutMs) {
    var asker = new CompletableFuture<RpcReply>();
    askers.put(requestId, asker);
    return asker
        .completeOnTimeout(
            new RpcReply.Failed(RpcReply.Reason.TIMEOUT), timeoutMs, TimeUnit.MILLISECONDS)
        .whenComplete((_, _) -> askers.remove(requestId));
  }

  /// Tells the asker, if somebody asked.
  public void settle(UUID requestId, RpcReply reply) {
    var asker = askers.get(requestId);
    if (asker != null) {
      asker.complete(reply);
    }
  }

  public Optional<Rpc> find(UUID id) {
    return rows.find(id);
  }

  /// A device's persistent commands, newest first.
  public List<Rpc> of(EntityId device, Predicate<Rpc> wanted, int limit) {
    return rows.all(device, wanted, limit);
  }

  /// Forgets a persistent command; its device's partition.
  public void delete(Commit commit, Rpc rpc) {
    rows.delete(commit, rpc);
    commit.onDurable(() -> kept.tell(rpc.with(RpcStatus.DELETED)));
  }

  /// When a command without a time of its own expires, milliseconds since 1970.
  public long expires(boolean persistent) {
    return clock.millis()
        + (persistent ? config.keptFor().toMillis() : config.timeout().toMillis());
  }

  public int waiting() {
    return live.waiting();
  }

  /// Waits for what reads the store just now: that is closed next.
  @Override
  public void close() {
    threads.shutdown();
    try {
      if (!threads.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        log.warn("Persistent commands are still being sent after {} s", CLOSE_SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
