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

  /// Who a token stands for; one that nobody knows stands for nobody.
  ///
  /// @param isLocal whether the request came from this machine
  Caller caller(Optional<String> token, boolean isLocal) {
    return token.filter(t -> tokens.isAdmin(t) || isOwner(t, isLocal)).isPresent()
        ? Caller.ADMIN
        : Caller.NOBODY;
  }

  /// Who a REST request speaks for: an administrator may ask to be treated as somebody else.
  Caller caller(RestRequest request) {
    return request.parameter("auth_variable_override").isPresent()
        ? Caller.NOBODY
        : caller(request.token(), request.isLocal());
  }

  private boolean isOwner(String token, boolean isLocal) {
    return config.emulator() && isLocal && token.equals("owner"); // RTDB: the emulator's master key
  }

  boolean isOpen() {
    return config.rules() == Config.Access.OPEN;
  }

  boolean mayRead(Caller caller) {
    return caller == Caller.ADMIN || isOpen();
  }

  WriteGuard writeGuard(Caller caller) {
    boolean may = mayRead(caller);
    return (_, _, _, _) -> may;
  }
}
