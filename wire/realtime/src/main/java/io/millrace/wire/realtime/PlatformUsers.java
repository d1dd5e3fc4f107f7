package io.millrace.wire.realtime;

import io.millrace.engine.security.Identity;

/// Knows the platform's own tokens; answers at once.
@FunctionalInterface
public interface PlatformUsers {
  /// Nobody is known.
  PlatformUsers NONE = _ -> new Identity.Unknown();

  /// Who presents that token.
  Identity identify(String token);
}
