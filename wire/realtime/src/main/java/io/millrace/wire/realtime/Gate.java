package io.millrace.wire.realtime;

import io.millrace.store.realtime.WriteGuard;
import io.millrace.wire.realtime.RealtimeApi.AdminTokens;
import java.util.Optional;

/// Who may read and write.
final class Gate {
  private final Config config;
  private final AdminTokens tokens;

  Gate(Config config, AdminTokens tokens) {
    this.config = config;
    this.tokens = tokens;
  }

  /// @param token of any kind; one that nobody knows makes nobody
  Caller caller(Optional<String> token) {
    return token.filter(tokens::isAdmin).isPresent() ? Caller.ADMIN : Caller.NOBODY;
  }

  boolean mayRead(Caller caller) {
    return caller == Caller.ADMIN || config.rules() == Config.Access.OPEN;
  }

  WriteGuard writeGuard(Caller caller) {
    boolean may = mayRead(caller);
    return (_, _, _, _) -> may;
  }
}
