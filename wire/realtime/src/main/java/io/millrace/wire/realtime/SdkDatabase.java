package io.millrace.wire.realtime;

import io.millrace.store.realtime.Database;
import io.millrace.store.realtime.Query;
import io.millrace.store.realtime.RealtimeStore;
import io.millrace.store.realtime.TreePath;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The database of a session, which may not exist before the first write or listen.
///
/// @param shared by all sessions at the same database
/// @param statistics what its SDKs report
/// @param indexing puts long lists in order
/// @param rangeMerges how often a client got only what it lacked
record SdkDatabase(
    String name,
    RealtimeStore store,
    Rest rest,
    SharedFrames shared,
    SdkStatistics.Of statistics,
    Executor indexing,
    LongAdder rangeMerges) {

  private static final Logger log = LoggerFactory.getLogger(SdkDatabase.class);

  Optional<Database> find() {
    return store.find(name);
  }

  /// Makes the database ready for a query; completes also when that fails: the query is slow then.
  CompletableFuture<?> makeReady(TreePath path, Query query) {
    return CompletableFuture.runAsync(
            () -> find().ifPresent(found -> found.makeReady(path, query)), indexing)
        .exceptionally(
            defect -> {
              log.warn("No index for {} of the realtime database {}", path, name, defect);
              return null;
            });
  }

  /// The database, made when it may be.
  ///
  /// @throws RestException when there is none
  Database open(Caller caller) {
    return rest.open(name, caller);
  }
}
