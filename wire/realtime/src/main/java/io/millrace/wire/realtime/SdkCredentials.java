package io.millrace.wire.realtime;

import io.millrace.base.json.JsonBoolean;
import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonNull;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonValue;
import io.millrace.engine.security.Identity;

/// Who an SDK's `auth` and `gauth` requests say its client is.
record SdkCredentials(Gate gate, String database, boolean isLocal) {
  sealed interface Outcome {}

  record Taken(Caller caller) implements Outcome {
    /// What the client is told of itself.
    JsonObject answer() {
      JsonValue auth = caller instanceof Caller.Somebody(var given, _) ? given : JsonNull.NULL;
      var data = JsonObject.of("auth", auth);
      return caller.expiresAtMs() == Long.MAX_VALUE
          ? data
          : data.with("expires", new JsonLong(caller.expiresAtMs() / 1_000));
    }
  }

  record Refused(String status, String reason) implements Outcome {}

  private static final Refused EXPIRED = new Refused("expired_token", "Auth token is expired");

  /// `auth`: an ID token, a custom token, a secret.
  Outcome check(JsonObject body) {
    return switch (identity(body)) {
      case Identity.Administrator(long expiresAtMs) ->
          new Taken(as(body, new Caller.Admin(expiresAtMs)));
      case Identity.Known(var auth, long expiresAtMs) ->
          new Taken(new Caller.Somebody(auth, expiresAtMs));
      case Identity.Expired _ -> EXPIRED;
      case Identity.Unknown _ when gate.isOpenByDefault(database) ->
          new Taken(Caller.nobody()); // where everybody may do all, it does not matter
      case Identity.Unknown _ -> new Refused("invalid_token", "Could not parse auth token.");
    };
  }

  /// `gauth`: a token of an administrator.
  Outcome checkAdmin(JsonObject body) {
    return switch (identity(body)) {
      case Identity.Administrator(long expiresAtMs) ->
          new Taken(as(body, new Caller.Admin(expiresAtMs)));
      case Identity.Expired _ -> EXPIRED;
      case Identity.Known _, Identity.Unknown _ ->
          new Refused("invalid_token", "Invalid admin token.");
    };
  }

  private Identity identity(JsonObject body) {
    return gate.identify(body.text("cred", ""), isLocal);
  }

  /// An administrator may ask to be treated as somebody else.
  private static Caller as(JsonObject body, Caller admin) {
    if (body.get("authvar") instanceof JsonObject auth) {
      return new Caller.Somebody(auth, admin.expiresAtMs());
    }
    boolean isNobody = body.has("authvar") || body.get("noauth") == JsonBoolean.TRUE;
    return isNobody ? new Caller.Somebody(JsonNull.NULL, admin.expiresAtMs()) : admin;
  }
}
