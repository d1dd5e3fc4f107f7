package io.millrace.wire.realtime;

import io.millrace.base.json.JsonArray;
import io.millrace.store.realtime.Branch;
import io.millrace.store.realtime.Database;
import io.millrace.store.realtime.Query;
import io.millrace.store.realtime.RealtimeStore;
import io.millrace.store.realtime.TooManyException;
import io.millrace.store.realtime.TreePath;
import io.millrace.store.realtime.WriteAddition;
import io.millrace.store.realtime.WriteResult;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// Firebase's REST semantics, without sockets: which database, who asks, read or write.
final class Rest {
  private final RealtimeStore store;
  private final Config config;
  private final Gate gate;
  private final RestReads reads;
  private final RestWrites writes;
  private final RestSettings settings;
  private final SdkStatistics statistics = new SdkStatistics();
  private volatile Optional<Mirror> mirror = Optional.empty();
  private volatile Optional<Imports> imports = Optional.empty();

  Rest(RealtimeStore store, Config config, Gate gate, RulesBook rules) {
    this.store = store;
    this.config = config;
    this.gate = gate;
    this.reads = new RestReads(config, gate);
    this.writes = new RestWrites(gate);
    this.settings = new RestSettings(gate, rules, statistics, this::progress, this::mirrorChanged);
  }

  SdkStatistics statistics() {
    return statistics;
  }

  /// Who knows how far large writes are.
  void imports(Imports known) {
    imports = Optional.of(known);
  }

  /// Who keeps databases in step with the platform.
  void mirror(Mirror known) {
    mirror = Optional.of(known);
  }

  private void mirrorChanged(Database database) {
    mirror.ifPresent(known -> known.use(database));
  }

  private JsonArray progress(String database) {
    return imports.map(known -> known.progress(database)).orElse(new JsonArray(List.of()));
  }

  /// Answers a request; never fails.
  ///
  /// @return for a write, completes on a writer thread
  CompletableFuture<RestReply> answer(RestRequest request) {
    try {
      var caller = gate.caller(request, namedDatabase(request).orElse(""));
      return answer(request, caller, config.createDatabases(), WriteAddition.NONE);
    } catch (RestException e) {
      return CompletableFuture.completedFuture(e.reply());
    }
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
    var name = databaseName(request);
    if (RestSettings.takes(request)) {
      RestSettings.checkAdmin(caller);
      return settings.answer(request, writable(name, caller, creates), caller);
    }
    var path = RestUrl.of(request.path());
    return switch (request.verb()) {
      case "GET" ->
          CompletableFuture.completedFuture(
              reads.read(name, existing(name), path, request, caller));
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

  boolean mayRead(Caller caller, String name, TreePath path, Query query) {
    var root = store.find(name).map(Database::root).orElse(Branch.EMPTY);
    return gate.mayRead(caller, name, root, path, query);
  }

  /// @throws RestException when the caller may not, or when REST has no index for it
  void checkMayRead(Caller caller, String name, TreePath path, Query query) {
    if (!mayRead(caller, name, path, query)) {
      throw denied();
    }
    reads.checkIndex(name, path, query);
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
    if (!gate.mayCreate(caller, name)) {
      throw denied(); // nobody makes databases where nobody may write
    }
    try {
      return store.database(name);
    } catch (TooManyException e) {
      throw new RestException(503, String.valueOf(e.getMessage()));
    }
  }

  private Optional<String> namedDatabase(RestRequest request) {
    return request
        .parameter("ns")
        .or(() -> DatabaseNames.ofHost(request.host()))
        .or(this::theOnlyOne);
  }

  String databaseName(RestRequest request) {
    return namedDatabase(request)
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
