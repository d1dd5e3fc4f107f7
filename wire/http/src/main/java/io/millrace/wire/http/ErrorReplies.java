package io.millrace.wire.http;

import io.millrace.base.json.JsonSyntaxException;
import io.millrace.base.runtime.Clock;
import io.millrace.wire.http.HttpError.Code;
import io.vertx.core.Handler;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Turns whatever went wrong in a route into an error answer of the port's shape.
final class ErrorReplies implements Handler<RoutingContext> {
  private static final Logger log = LoggerFactory.getLogger(ErrorReplies.class);
  private static final List<Integer> UNROUTED = List.of(400, 404, 405, 406, 413, 415, 500);

  private final ErrorShape shape;
  private final Clock clock;

  ErrorReplies(ErrorShape shape, Clock clock) {
    this.shape = shape;
    this.clock = clock;
  }

  void mount(Router router) {
    router.route().order(Order.ERRORS).failureHandler(this);
    UNROUTED.forEach(status -> router.errorHandler(status, this));
  }

  @Override
  public void handle(RoutingContext context) {
    var response = context.response();
    if (response.ended() || response.closed()) {
      return;
    }
    if (response.headWritten()) {
      context.request().connection().close(); // half an answer must not look like a whole one
      return;
    }
    var error = error(context);
    error.headers().forEach(response::putHeader);
    JsonReply.send(context, error.status(), shape.body(error, clock.millis()));
  }

  private static HttpError error(RoutingContext context) {
    return switch (context.failure()) {
      case HttpError error -> error;
      case JsonSyntaxException e -> HttpError.badRequest(text(e));
      case null -> ofStatus(context);
      case Throwable e when context.statusCode() >= 400 && context.statusCode() < 500 ->
          ofStatus(context);
      case Throwable e -> defect(context, e);
    };
  }

  private static HttpError defect(RoutingContext context, Throwable e) {
    log.error("{} {} failed", context.request().method(), context.request().path(), e);
    return new HttpError(500, Code.GENERAL, "Internal error; the log of the server says more");
  }

  private static HttpError ofStatus(RoutingContext context) {
    var request = context.request();
    int status = context.statusCode() < 400 ? 500 : context.statusCode();
    return switch (status) {
      case 401 -> HttpError.unauthorized("Authentication failed");
      case 403 -> HttpError.forbidden();
      case 404 -> HttpError.notFound("No such path: " + request.path());
      case 405 ->
          new HttpError(
              405, Code.BAD_REQUEST, request.method() + " is not taken at " + request.path());
      case 413 ->
          new HttpError(413, Code.BAD_REQUEST, "The body is larger than http.bodyBytesMax allows");
      default -> new HttpError(status, Code.GENERAL, "The request cannot be answered");
    };
  }

  private static String text(Throwable e) {
    @Nullable String message = e.getMessage();
    return message == null ? e.toString() : message;
  }
}
