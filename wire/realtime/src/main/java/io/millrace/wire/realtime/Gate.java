package io.millrace.wire.realtime;

import io.millrace.base.json.Json;
import io.millrace.base.json.JsonNull;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonSyntaxException;
import io.millrace.base.json.JsonValue;
import io.millrace.base.runtime.Clock;
import io.millrace.engine.security.Identity;
import io.millrace.engine.security.SecurityRules;
import io.millrace.engine.security.TokenVerifier;
import io.millrace.store.realtime.Node;
import io.millrace.store.realtime.Query;
import io.millrace.store.realtime.TreePath;
import io.millrace.store.realtime.WriteGuard;
import java.util.Set;

/// Who asks, and what they may read and write.
final class Gate {
  private final Config config;
  private final PlatformUsers users;
  private final TokenVerifier tokens;
  private final RulesBook rules;
  private final Clock clock;

  Gate(Config config, PlatformUsers users, TokenVerifier tokens, RulesBook rules, Clock clock) {
    this.config = config;
    this.users = users;
    this.tokens = tokens;
    this.rules = rules;
    this.clock = clock;
  }

  /// Who presents a token.
  ///
  /// @param isLocal whether the request came from this machine
  Identity identify(String token, boolean isLocal) {
    boolean isEmulator = config.emulator() && isLocal;
    if (isEmulator && token.equals("owner")) { // RTDB: the emulator's master key
      return new Identity.Administrator(Long.MAX_VALUE);
    }
    var platform = users.identify(token);
    return platform instanceof Identity.Unknown ? tokens.identify(token, isEmulator) : platform;
  }

  /// Who a REST request speaks for: an administrator may ask to be treated as somebody else.
  ///
  /// @throws RestException when its token is none
  Caller caller(RestRequest request, String database) {
    var token = request.token();
    if (token.isEmpty()) {
      return Caller.nobody();
    }
    var caller = caller(token.get(), request, database);
    var override = request.parameter("auth_variable_override");
    return caller.isAdmin() && override.isPresent()
        ? new Caller.Somebody(auth(override.get()), caller.expiresAtMs())
        : caller;
  }

  private Caller caller(String token, RestRequest request, String database) {
    return switch (identify(token, request.isLocal())) {
      case Identity.Administrator(long expiresAtMs) -> new Caller.Admin(expiresAtMs);
      case Identity.Known(var auth, long expiresAtMs) -> new Caller.Somebody(auth, expiresAtMs);
      case Identity.Expired _ -> throw new RestException(401, "Auth token is expired");
      case Identity.Unknown _ -> {
        if (rules.isOpenByDefault(database)) {
          yield Caller.nobody(); // where everybody may do everything, it does not matter who it is
        }
        throw new RestException(
            401,
            request.parameter("auth").isPresent()
                ? "Could not parse auth token."
                : "Unauthorized request.");
      }
    };
  }

  private static JsonValue auth(String override) {
    try {
      var auth = Json.parse(override);
      if (auth instanceof JsonObject || auth.equals(JsonNull.NULL)) {
        return auth;
      }
    } catch (JsonSyntaxException e) {
      throw RestException.bad("auth_variable_override must be a JSON object or null");
    }
    throw RestException.bad("auth_variable_override must be a JSON object or null");
  }

  SecurityRules rules(String database) {
    return rules.of(database);
  }

  /// Whether databases without rules are open.
  boolean isOpen() {
    return config.rules() == Config.Access.OPEN;
  }

  boolean isOpenByDefault(String database) {
    return rules.isOpenByDefault(database);
  }

  /// @param root the tree as it is
  boolean mayRead(Caller caller, String database, Node root, TreePath path, Query query) {
    return switch (caller) {
      case Caller.Admin _ -> true;
      case Caller.Somebody(var auth, _) ->
          rules
              .of(database)
              .mayRead(new SecurityRules.Read(root, path, query, auth, clock.millis()));
    };
  }

  /// The same, for who wants to read on.
  SecurityRules.ReadDecision decide(
      Caller caller, String database, Node root, TreePath path, Query query) {
    return switch (caller) {
      case Caller.Admin _ -> new SecurityRules.ReadDecision(true, Set.of());
      case Caller.Somebody(var auth, _) ->
          rules
              .of(database)
              .decide(new SecurityRules.Read(root, path, query, auth, clock.millis()));
    };
  }

  WriteGuard writeGuard(Caller caller, String database) {
    return switch (caller) {
      case Caller.Admin _ -> WriteGuard.OPEN;
      case Caller.Somebody(var auth, _) ->
          (before, after, paths, nowMs) ->
              rules
                  .of(database)
                  .mayWrite(new SecurityRules.Write(before, after, paths, auth, nowMs));
    };
  }

  /// Whether a database that does not exist yet may be made for this caller.
  boolean mayCreate(Caller caller, String database) {
    return caller.isAdmin() || rules.isOpenByDefault(database);
  }

  long nowMs() {
    return clock.millis();
  }

  boolean isOver(Caller caller) {
    return caller.expiresAtMs() <= clock.millis();
  }
}
