package io.millrace.wire.device;

import io.millrace.base.runtime.Ack;
import io.millrace.base.runtime.Refusal;
import io.millrace.engine.pipeline.Ingest;
import io.millrace.store.attributes.AttributeStore;
import io.millrace.store.entities.Device;
import io.millrace.store.entities.EntityStore;
import io.millrace.wire.device.DeviceRequest.AttributeKeys;
import io.millrace.wire.device.DeviceRequest.PostAttributes;
import io.millrace.wire.device.DeviceRequest.PostTelemetry;
import io.millrace.wire.http.BlockingHandler;
import io.millrace.wire.http.BlockingHandlers;
import io.millrace.wire.http.HttpError;
import io.millrace.wire.http.JsonReply;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// `/api/v1/{token}/…`: the device API over HTTP. Each request on its virtual thread; 200 comes
/// after the commit.
public final class DeviceHttp {
  private static final long ANSWER_MS = 30_000;

  private final DeviceTopics topics;
  private final Bodies bodies;
  private final EntityStore entities;
  private final AttributeReplies replies;
  private final Ingest ingest;
  private final BlockingHandlers blocking;

  public DeviceHttp(
      Config config,
      EntityStore entities,
      AttributeStore attributes,
      Ingest ingest,
      BlockingHandlers blocking) {
    this.topics = new DeviceTopics(config);
    this.bodies = new Bodies(config);
    this.entities = entities;
    this.replies = new AttributeReplies(attributes);
    this.ingest = ingest;
    this.blocking = blocking;
  }

  public void mount(Router router) {
    post(router, "telemetry", topics::telemetry);
    post(router, "attributes", topics::attributes);
    route(router.get("/api/v1/:token/attributes"), this::attributes);
  }

  private interface Reader {
    DeviceRequest read(byte[] body);
  }

  private void post(Router router, String what, Reader reader) {
    route(router.post("/api/v1/:token/" + what), context -> post(context, reader));
  }

  private void route(Route route, BlockingHandler handler) {
    route.handler(blocking.of(handler));
  }

  private void post(RoutingContext context, Reader reader) throws InterruptedException {
    var device = device(context);
    var answer = new Answer();
    switch (read(context, reader)) {
      case PostTelemetry(var rows) ->
          ingest.telemetry(
              device.tenantId(), device.id(), DevicePrincipal.metadata(device), rows, answer);
      case PostAttributes(var values) ->
          ingest.attributes(
              device.tenantId(), device.id(), DevicePrincipal.metadata(device), values, answer);
      case DeviceRequest other ->
          throw new IllegalStateException("Not read from a POST: " + other.getClass());
    }
    answer.await();
    context.response().end();
  }

  private DeviceRequest read(RoutingContext context, Reader reader) {
    var buffer = context.body().buffer();
    var body = buffer == null ? new byte[0] : buffer.getBytes();
    if (body.length > bodies.bytesMax()) {
      throw new HttpError(413, HttpError.Code.BAD_REQUEST, bodies.tooLarge(body.length));
    }
    try {
      return reader.read(body);
    } catch (BadBodyException e) {
      throw HttpError.badRequest(e.reason());
    }
  }

  private void attributes(RoutingContext context) {
    var query = context.queryParams();
    var keys = new AttributeKeys(keys(query.get("clientKeys")), keys(query.get("sharedKeys")));
    JsonReply.send(context, replies.of(device(context).id(), keys));
  }

  private static List<String> keys(@Nullable String keys) {
    return keys == null ? List.of() : DeviceTopics.split(keys);
  }

  private Device device(RoutingContext context) {
    return entities
        .credentials()
        .findByToken(context.pathParam("token"))
        .flatMap(credentials -> entities.devices().find(credentials.deviceId()))
        .orElseThrow(
            () ->
                HttpError.unauthorized(
                    "No device has this access token; copy it from the device's credentials"));
  }

  /// Waits for the commit.
  private static final class Answer implements Ack {
    private final CompletableFuture<Void> stored = new CompletableFuture<>();

    @Override
    @SuppressWarnings("NullAway") // Void has no other value
    public void done() {
      stored.complete(null);
    }

    @Override
    public void refused(Refusal refusal) {
      stored.completeExceptionally(error(refusal));
    }

    void await() throws InterruptedException {
      try {
        stored.get(ANSWER_MS, TimeUnit.MILLISECONDS);
      } catch (ExecutionException e) {
        throw e.getCause() instanceof HttpError refused ? refused : new IllegalStateException(e);
      } catch (TimeoutException e) {
        throw HttpError.unavailable(
            "Not stored within %d s; it may still be, or send it again"
                .formatted(ANSWER_MS / 1000));
      }
    }

    private static HttpError error(Refusal refusal) {
      return switch (refusal.kind()) {
        case MALFORMED -> HttpError.badRequest(refusal.reason());
        case NOT_AUTHORIZED ->
            new HttpError(403, HttpError.Code.PERMISSION_DENIED, refusal.reason());
        case OVER_LIMIT -> HttpError.tooMany(refusal.reason(), 1);
        case UNAVAILABLE -> HttpError.unavailable(refusal.reason());
      };
    }
  }
}
