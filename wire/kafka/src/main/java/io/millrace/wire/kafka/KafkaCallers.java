package io.millrace.wire.kafka;

import io.millrace.engine.access.Access;
import io.millrace.engine.access.Authentication;
import io.millrace.engine.access.Caller;
import io.millrace.engine.access.Denial;
import io.millrace.engine.access.Login;
import io.millrace.store.entities.EntityStore;
import io.millrace.wire.http.HttpError;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Who may use Kafka over HTTP: tenant administrators, by token (header or `?token=`, for pages
/// that cannot set headers) or by user name and password (Basic).
///
/// Topics belong to no tenant, so the setting `kafka.api.tenants` says whose administrators.
final class KafkaCallers {
  private static final String BEARER = "Bearer ";
  private static final String BASIC = "Basic ";
  private static final int LOGINS_KEPT_MAX = 1_000;

  private final Access access;
  private final EntityStore entities;
  private final List<String> tenants;
  // by digest of the header: a password costs tens of milliseconds, plain clients send it each time
  private final Map<String, String> logins = // guarded by itself
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
          return size() > LOGINS_KEPT_MAX;
        }
      };

  KafkaCallers(Access access, EntityStore entities, List<String> tenants) {
    this.access = access;
    this.entities = entities;
    this.tenants = tenants;
  }

  /// @throws HttpError 401 without a good token, 403 for everybody but tenant administrators
  Caller of(RoutingContext context) {
    var caller = presented(context);
    if (!caller.mayChange() && !context.request().method().name().equals("GET")) {
      throw HttpError.forbidden();
    }
    return caller;
  }

  private Caller presented(RoutingContext context) {
    @Nullable String header = context.request().getHeader("X-Authorization");
    if (header == null) {
      header = context.request().getHeader("Authorization");
    }
    if (header == null) {
      @Nullable String token = context.request().getParam("token");
      return ofToken(token == null ? "" : token);
    }
    if (starts(header, BASIC)) {
      return ofPassword(header.substring(BASIC.length()).strip(), context);
    }
    if (!starts(header, BEARER)) {
      throw HttpError.unauthorized("Authentication failed");
    }
    return ofToken(header.substring(BEARER.length()).strip());
  }

  Caller ofToken(String token) {
    return switch (access.authenticate(token)) {
      case Authentication.Known(var caller) -> allowed(caller);
      case Authentication.Refused(var denial) -> throw error(denial);
    };
  }

  /// Whether who began something long with this token may go on: an open stream outlives its
  /// token's time, but not the log-out.
  boolean mayGoOn(String token) {
    return switch (access.authenticate(token)) {
      case Authentication.Known(var caller) -> isAllowed(caller);
      case Authentication.Refused(var denial) -> denial.reason() == Denial.Reason.TOKEN_EXPIRED;
    };
  }

  /// The token of a request that has been let in; for a password, the one it was changed into.
  String token(RoutingContext context) {
    @Nullable String header = context.request().getHeader("X-Authorization");
    if (header == null) {
      header = context.request().getHeader("Authorization");
    }
    if (header == null) {
      @Nullable String token = context.request().getParam("token");
      return token == null ? "" : token;
    }
    if (starts(header, BASIC)) {
      synchronized (logins) {
        return logins.getOrDefault(digest(header.substring(BASIC.length()).strip()), "");
      }
    }
    return header.substring(Math.min(header.length(), BEARER.length())).strip();
  }

  private Caller ofPassword(String encoded, RoutingContext context) {
    var key = digest(encoded);
    @Nullable String known;
    synchronized (logins) {
      known = logins.get(key);
    }
    if (known != null && access.authenticate(known) instanceof Authentication.Known(var caller)) {
      return allowed(caller);
    }
    var token = login(encoded, context);
    var caller = ofToken(token);
    synchronized (logins) {
      logins.put(key, token);
    }
    return caller;
  }

  private String login(String encoded, RoutingContext context) {
    String pair;
    try {
      pair = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw HttpError.unauthorized("The Basic authorization is not Base64");
    }
    int colon = pair.indexOf(':');
    if (colon < 0) {
      throw HttpError.unauthorized("The Basic authorization is not user:password");
    }
    var remote = context.request().remoteAddress();
    var address = remote == null ? "" : String.valueOf(remote.hostAddress());
    return switch (access.login(pair.substring(0, colon), pair.substring(colon + 1), address)) {
      case Login.SignedIn(var tokens) -> tokens.token();
      case Login.Refused(var denial) -> throw error(denial);
    };
  }

  private Caller allowed(Caller caller) {
    if (!isAllowed(caller)) {
      throw HttpError.forbidden();
    }
    return caller;
  }

  private boolean isAllowed(Caller caller) {
    if (!caller.isTenantAdministrator()) {
      return false;
    }
    return tenants.isEmpty()
        || entities
            .tenants()
            .find(caller.tenantId())
            .map(tenant -> tenants.contains(tenant.title()))
            .orElse(false);
  }

  private static boolean starts(String header, String scheme) {
    return header.regionMatches(true, 0, scheme, 0, scheme.length());
  }

  private static HttpError error(Denial denial) {
    return switch (denial.reason()) {
      case BAD_CREDENTIALS -> HttpError.unauthorized("Invalid username or password");
      case BAD_TOKEN -> HttpError.unauthorized("Authentication failed");
      case TOKEN_EXPIRED -> HttpError.tokenExpired();
      case TOO_MANY_ATTEMPTS ->
          HttpError.tooMany(
              "Too many failed attempts; try again in %d seconds"
                  .formatted(denial.retryAfterSeconds()),
              denial.retryAfterSeconds());
    };
  }

  private static String digest(String text) {
    try {
      var sha = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
