package io.millrace.engine.security;

import io.millrace.base.json.JsonObject;

/// Who a token stands for.
public sealed interface Identity {

  /// May do everything.
  ///
  /// @param expiresAtMs [Long#MAX_VALUE] when never
  record Administrator(long expiresAtMs) implements Identity {}

  /// Somebody, as the rules see them.
  ///
  /// @param auth what `auth` is in the rules
  record Known(JsonObject auth, long expiresAtMs) implements Identity {}

  /// A good token whose time is over.
  record Expired() implements Identity {}

  /// None of ours, or not a token at all.
  record Unknown() implements Identity {}
}
