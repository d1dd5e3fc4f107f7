package io.millrace.engine.pipeline;

import io.millrace.engine.rules.Answer;
import io.millrace.engine.rules.OutsideCall;
import java.io.IOException;

/// Carries calls of one kind to the outside; the outbox around it retries, waits and gives up.
public interface Delivery {
  /// Delivers one call and waits for its answer; plain blocking code on a virtual thread.
  ///
  /// The same call may come again with the same key, after a failure or a restart: a peer that
  /// honours the key takes effect once.
  ///
  /// @return what the peer said, final for better or worse
  /// @throws IOException when trying again may help: no connection, a time-out, a busy peer; the
  ///     message says so to a person
  Answer deliver(OutsideCall call, String idempotencyKey) throws IOException;

  /// Whom the call goes to, as host and port: calls to one peer share a limit, and a dead one
  /// holds up nobody else.
  default String peer(OutsideCall call) {
    return call.kind();
  }
}
