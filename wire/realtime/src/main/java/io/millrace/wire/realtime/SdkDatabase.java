package io.millrace.wire.realtime;

import io.millrace.store.realtime.Database;
import io.millrace.store.realtime.RealtimeStore;
import java.util.Optional;

/// The database of a session, which may not exist before the first write or listen.
record SdkDatabase(String name, RealtimeStore store, Rest rest) {

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
