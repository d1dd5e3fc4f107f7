package io.millrace.wire.realtime;

import io.millrace.store.realtime.Database;
import io.millrace.store.realtime.RealtimeStore;
import io.millrace.store.realtime.TooManyException;
import io.millrace.store.realtime.WriteAddition;
import io.millrace.store.realtime.WriteResult;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// Firebase's REST semantics, without sockets: which database, who asks, read or write.
final class Rest {
  private final RealtimeStore store;
  private final Config config;
  private final Gate gate;
  private final RestReads reads;
  private final RestWrites writes;

  Rest(RealtimeStore store, Config config, Gate gate) {
    this.store = store;
    this.config = config;
    this.gate = gate;
    this.reads = new RestReads(config, gate);
    this.writes = new RestWrites(gate);
  }

  /// Answers a request; never fails.
  ///
  /// @return for a write, completes on a writer thread
  CompletableFuture<RestReply> answer(RestRequest request) {
    var caller = gate.caller(request);
    return answer(request, caller, config.createDatabases(), WriteAddition.NONE);
  }

  /// @param creates whether a write makes a database that does not exist
  /// @param also goes into the commit of a write that takes effect
  CompletableFuture<RestReply> answer(
      RestRequest request, Caller caller, boolean creates, WriteAddition also) {
    try {
      return dispatch(request, caller, creates, also);
    } catch (RestException e) {
      return CompletableFuture.completedFuture(e.reply());
    }
  }

  private CompletableFuture<RestReply> dispatch(
      RestRequest request, Caller caller, boolean creates, WriteAddition also) {
    if (request.path().equals("/.inspect/databases.json")) {
      return CompletableFuture.completedFuture(reads.databases(store.names(), caller));
    }
    var path = RestUrl.of(request.path());
    var name = databaseName(request);
    return switch (request.verb()) {
      case "GET" ->
          CompletableFuture.completedFuture(reads.read(existing(name), path, request, caller));
      case "PUT", "PATCH", "POST", "DELETE" -> {
        writes.check(request);
        yield writes.write(writable(name, caller, creates), path, request, caller, also);
      }
      default -> throw new RestException(405, request.verb() + " is not supported");
    };
  }

  /// The reply that a write will get when it becomes durable.
  RestReply writtenReply(WriteResult.Written written, RestRequest request) {
    return RestWrites.reply(written, RestWrites.sent(request), request);
  }

  /// The database that a listener may wait at, even when nothing was written yet.
  Database listenable(RestRequest request, Caller caller) {
    return writable(databaseName(request), caller, config.createDatabases());
  }

  Database open(String name, Caller caller) {
    return writable(name, caller, config.createDatabases());
  }

  /// @throws RestException when no request can ever make a database of this name
  void checkMayExist(String name) {
    if (store.find(name).isEmpty() && !(config.createDatabases() && RealtimeStore.isName(name))) {
      throw unknown(name);
    }
  }

  private Optional<Database> existing(String name) {
    var known = store.find(name);
    if (known.isEmpty() && !config.createDatabases()) {
      throw unknown(name);
    }
    return known;
  }

  private Database writable(String name, Caller caller, boolean creates) {
    var known = store.find(name);
    if (known.isPresent()) {
      return known.get();
    }
    if (!creates || !RealtimeStore.isName(name)) {
      throw unknown(name);
    }
    if (!gate.mayRead(caller)) {
      throw denied(); // nobody makes databases where nobody may write
    }
    try {
      return store.database(name);
    } catch (TooManyException e) {
      throw new RestException(503, String.valueOf(e.getMessage()));
    }
  }

  String databaseName(RestRequest request) {
    return request
        .parameter("ns")
        .or(() -> DatabaseNames.ofHost(request.host()))
        .or(this::theOnlyOne)
        .orElseThrow(
            () -> RestException.bad("Which database? Add ?ns=NAME or use NAME as the host name"));
  }

  private Optional<String> theOnlyOne() {
    var names = store.names();
    return names.size() == 1 ? Optional.of(names.getFirst()) : Optional.empty();
  }

  static RestException denied() {
    return new RestException(401, "Permission denied");
  }

  private static RestException unknown(String name) {
    return new RestException(
        404,
        "Firebase error. Please ensure that you spelled the name of your Firebase correctly ("
            + name
            + ")");
  }
}
