package io.millrace.wire.realtime;

import io.millrace.base.runtime.Counters;
import io.millrace.base.runtime.Threads;
import io.millrace.store.realtime.RealtimeStore;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.LongAdder;
import java.util.random.RandomGenerator;

/// Begins sessions, whatever their transport, and knows all that are open.
final class SessionMaker {
  private record Open(SdkSession session, Runnable end) {}

  private final Config config;
  private final RealtimeStore store;
  private final Rest rest;
  private final Gate gate;
  private final RandomGenerator random;
  private final Map<String, Open> open = new ConcurrentHashMap<>();
  private final LongAdder rangeMerges;
  private final ExecutorService indexing = Threads.virtual("realtime-index");
  private final Map<String, SharedFrames> shared = new ConcurrentHashMap<>();

  SessionMaker(
      Config config,
      RealtimeStore store,
      Rest rest,
      Gate gate,
      RulesBook rules,
      RandomGenerator random,
      Counters counters) {
    this.config = config;
    this.store = store;
    this.rest = rest;
    this.gate = gate;
    this.random = random;
    rules.onChange(database -> open.values().forEach(one -> one.session.recheck(database)));
    counters.gauge("realtime.sdk_sessions", open::size);
    rangeMerges = counters.count("realtime.range_merges");
  }

  /// @throws RestException when no more sessions are taken
  void checkRoom() {
    if (open.size() >= config.connectionsMax()) {
      throw new RestException(503, "Too many sessions are open (realtime.connectionsMax)");
    }
  }

  /// Begins a session; the one that the client says it had before is over then.
  ///
  /// @param end closes the transport; any thread
  /// @throws RestException when there is no such database
  SdkSession begin(RestRequest request, SdkSession.Transport transport, Runnable end) {
    var name = rest.databaseName(request);
    rest.checkMayExist(name);
    var frames = shared.computeIfAbsent(name, _ -> new SharedFrames());
    var database =
        new SdkDatabase(
            name, store, rest, frames, rest.statistics().of(name), indexing, rangeMerges);
    request.parameter("ls").ifPresent(this::replaced);
    var session =
        new SdkSession(
            newId(), transport, database, gate, request.isLocal(), config.heldRequestsMax());
    open.put(session.id(), new Open(session, end));
    return session;
  }

  private void replaced(String last) {
    var before = open.get(last);
    if (before != null) {
      before.session.replaced();
    }
  }

  /// The client has gone; on the session's loop.
  void ended(SdkSession session) {
    open.remove(session.id());
    session.end();
  }

  void endExpired() {
    open.values().forEach(one -> one.session.endExpired());
  }

  void closeAll() {
    open.values().forEach(one -> one.session.replaced());
    indexing.shutdown();
  }

  private String newId() {
    var bytes = new byte[16];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
