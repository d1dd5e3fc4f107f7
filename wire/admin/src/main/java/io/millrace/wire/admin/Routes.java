package io.millrace.wire.admin;

import io.millrace.base.json.JsonSyntaxException;
import io.millrace.base.json.JsonValue;
import io.millrace.engine.access.Access;
import io.millrace.engine.access.Authentication;
import io.millrace.engine.access.Caller;
import io.millrace.engine.access.Denial;
import io.millrace.wire.http.BlockingHandlers;
import io.millrace.wire.http.HttpError;
import io.millrace.wire.http.JsonReply;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The routes of this room: knows the caller, checks that an administrator calls, answers.
final class Routes {
  private static final String BEARER = "Bearer ";

  private final Config config;
  private final Access access;
  private final Router router;
  private final BlockingHandlers blocking;
  private final List<String> all = new ArrayList<>();

  Routes(Config config, Access access, Router router, BlockingHandlers blocking) {
    this.config = config;
    this.access = access;
    this.router = router;
    this.blocking = blocking;
  }

  /// Answers a call with JSON; empty answers 200 without a body.
  @FunctionalInterface
  interface Endpoint {
    Optional<JsonValue> answer(Call call) throws Exception;
  }

  /// Answers a call in its own way, until it ends.
  @FunctionalInterface
  interface Stream {
    void answer(Call call) throws Exception;
  }

  void get(String path, Endpoint endpoint) {
    add(HttpMethod.GET, path, endpoint);
  }

  void post(String path, Endpoint endpoint) {
    add(HttpMethod.POST, path, endpoint);
  }

  void put(String path, Endpoint endpoint) {
    add(HttpMethod.PUT, path, endpoint);
  }

  void delete(String path, Endpoint endpoint) {
    add(HttpMethod.DELETE, path, endpoint);
  }

  /// Method and path of every route, for tests.
  List<String> all() {
    return List.copyOf(all);
  }

  /// A route that answers in its own way, on a virtual thread; the token may also be a parameter,
  /// because a browser's event source sends no headers.
  void stream(String path, Stream stream) {
    all.add("GET " + path);
    router
        .get(path)
        .handler(
            blocking.of(
                context -> {
                  var call = new Call(context, administrator(context, true), config);
                  mapped(
                      () -> {
                        stream.answer(call);
                        return Optional.empty();
                      });
                }));
  }

  private void add(HttpMethod method, String path, Endpoint endpoint) {
    all.add(method + " " + path);
    router.route(method, path).handler(blocking.of(context -> answer(context, endpoint)));
  }

  private void answer(RoutingContext context, Endpoint endpoint) throws Exception {
    var call = new Call(context, administrator(context, false), config);
    var body = mapped(() -> endpoint.answer(call));
    if (body.isEmpty()) {
      context.response().end();
    } else {
      JsonReply.send(context, body.get());
    }
  }

  private interface Work {
    Optional<JsonValue> run() throws Exception;
  }

  private static Optional<JsonValue> mapped(Work work) throws Exception {
    try {
      return work.run();
    } catch (JsonSyntaxException e) {
      throw HttpError.badRequest("The body is not JSON: " + e.getMessage());
    } catch (IllegalArgumentException e) {
      throw HttpError.badRequest(String.valueOf(e.getMessage()));
    }
  }

  /// The caller, who must be an administrator that may manage the broker.
  Caller administrator(RoutingContext context, boolean inQuery) {
    var caller = caller(context, inQuery);
    boolean may =
        caller.isSystemAdministrator()
            || (caller.isTenantAdministrator() && config.tenantsManageBroker());
    boolean isLook = context.request().method().equals(HttpMethod.GET);
    if (!may || (!caller.mayChange() && !isLook)) {
      throw HttpError.forbidden();
    }
    return caller;
  }

  private Caller caller(RoutingContext context, boolean inQuery) {
    return switch (access.authenticate(token(context, inQuery))) {
      case Authentication.Known(var caller) -> caller;
      case Authentication.Refused(var denial) ->
          throw denial.reason() == Denial.Reason.TOKEN_EXPIRED
              ? HttpError.tokenExpired()
              : HttpError.unauthorized("Authentication failed");
    };
  }

  private static String token(RoutingContext context, boolean inQuery) {
    @Nullable String header = context.request().getHeader("X-Authorization");
    if (header == null) {
      header = context.request().getHeader("Authorization");
    }
    if (header != null && header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      return header.substring(BEARER.length()).strip();
    }
    @Nullable String parameter = inQuery ? context.request().getParam("token") : null;
    if (parameter == null) {
      throw HttpError.unauthorized("Authentication failed");
    }
    return parameter;
  }
}
