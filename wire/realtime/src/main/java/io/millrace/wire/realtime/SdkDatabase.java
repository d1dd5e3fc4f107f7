package io.millrace.wire.realtime;

import io.millrace.store.realtime.Database;
import io.millrace.store.realtime.RealtimeStore;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/// The database of a session, which may not exist before the first write or listen.
///
/// @param shared by all sessions at the same database
/// @param statistics what its SDKs report
/// @param rangeMerges how often a client got only what it lacked
record SdkDatabase(
    String name,
    RealtimeStore store,
    Rest rest,
    SharedFrames shared,
    SdkStatistics.Of statistics,
    LongAdder rangeMerges) {

  Optional<Database> find() {
    return store.find(name);
  }

  /// The database, made when it may be.
  ///
  /// @throws RestException when there is none
  Database open(Caller caller) {
    return rest.open(name, caller);
  }
}
