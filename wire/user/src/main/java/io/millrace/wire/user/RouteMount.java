package io.millrace.wire.user;

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
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/// Puts routes on a router: knows the caller, checks the authority, runs the endpoint, answers.
final class RouteMount {
  private static final String BEARER = "Bearer ";
  private static final String KEY = "ApiKey "; // ThingsBoard's scheme for keys

  private final Access access;
  private final BlockingHandlers blocking;
  private final Audit audit;

  RouteMount(Access access, BlockingHandlers blocking, Audit audit) {
    this.audit = audit;
    this.access = access;
    this.blocking = blocking;
  }

  void mount(RouteTable table, Router router) {
    table.all().stream()
        .sorted(Comparator.comparing(RouteMount::specificity))
        .forEach(route -> mount(route, router));
  }

  /// Vert.x takes the first route that matches, so a literal comes before a parameter.
  private static String specificity(RouteTable.Route route) {
    return route.path().replaceAll("\\{\\w+}", "\uffff");
  }

  private void mount(RouteTable.Route route, Router router) {
    var path = route.path().replaceAll("\\{(\\w+)}", ":$1");
    router
        .route(HttpMethod.valueOf(route.method()), path)
        .handler(blocking.of(context -> answer(route, context)));
  }

  private void answer(RouteTable.Route route, RoutingContext context) throws Exception {
    var request = new Request(context);
    var reply =
        route.isOpen()
            ? Failures.mapped(() -> route.endpoint().answer(request))
            : asCaller(route, request);
    if (reply.isEmpty()) {
      context.response().end();
    } else if (reply.isPlain()) {
      context.response().putHeader("Content-Type", "text/plain").end(reply.body().asText());
    } else {
      JsonReply.send(context, reply.body());
    }
  }

  private Reply asCaller(RouteTable.Route route, Request request) throws Exception {
    var caller = caller(request);
    if (!route.allowed().contains(caller.authority()) || !isWithinRole(route, caller)) {
      throw HttpError.forbidden();
    }
    return caller.call(() -> logged(route, request));
  }

  private static boolean isWithinRole(RouteTable.Route route, Caller caller) {
    return switch (route.effect()) {
      case READ, OWN -> true;
      case WRITE -> caller.mayChange();
      case ADMINISTER -> caller.mayAdminister();
    };
  }

  private Reply logged(RouteTable.Route route, Request request) throws Exception {
    if (!audit.logs(route)) {
      return Failures.mapped(() -> route.endpoint().answer(request));
    }
    var subject = audit.subject(request);
    try {
      var reply = Failures.mapped(() -> route.endpoint().answer(request));
      audit.done(route, request, subject, reply);
      return reply;
    } catch (Exception e) {
      audit.refused(route, request, subject, e);
      throw e;
    }
  }

  private Caller caller(Request request) {
    var header = header(request);
    var known =
        isOf(KEY, header)
            ? access.authenticateKey(header.substring(KEY.length()).strip())
            : access.authenticate(token(header));
    return switch (known) {
      case Authentication.Known(var caller) -> caller;
      case Authentication.Refused(var denial) -> throw error(denial);
    };
  }

  // ThingsBoard: X-Authorization is the header of its own UI, Authorization of everybody else
  private static String header(Request request) {
    @Nullable String header = request.context().request().getHeader("X-Authorization");
    if (header == null) {
      header = request.context().request().getHeader("Authorization");
    }
    return header == null ? "" : header;
  }

  private static boolean isOf(String scheme, String header) {
    return header.regionMatches(true, 0, scheme, 0, scheme.length());
  }

  private static String token(String header) {
    if (!isOf(BEARER, header)) {
      throw HttpError.unauthorized("Authentication failed");
    }
    return header.substring(BEARER.length()).strip();
  }

  static HttpError error(Denial denial) {
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
}
