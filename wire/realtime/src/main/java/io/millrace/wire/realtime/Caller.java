package io.millrace.wire.realtime;

import io.millrace.base.json.JsonNull;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonValue;

/// Who asks.
sealed interface Caller {
  /// Somebody without a token.
  static Caller nobody() {
    return new Somebody(JsonNull.NULL, Long.MAX_VALUE);
  }

  /// When the caller stops being that one.
  long expiresAtMs();

  /// May do everything.
  record Admin(long expiresAtMs) implements Caller {}

  /// Whom the rules decide about.
  ///
  /// @param auth what `auth` is in the rules; null for nobody
  record Somebody(JsonValue auth, long expiresAtMs) implements Caller {}

  /// For a database's history.
  default String name() {
    return switch (this) {
      case Admin _ -> "administrator";
      case Somebody(var auth, _) -> auth instanceof JsonObject known ? known.text("uid", "") : "";
    };
  }

  default boolean isAdmin() {
    return this instanceof Admin;
  }
}
