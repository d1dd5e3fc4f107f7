package io.millrace.wire.device;

import io.millrace.base.runtime.Ack;
import io.millrace.base.runtime.Refusal;
import io.millrace.engine.pipeline.Ingest;
import io.millrace.engine.rpc.Rpcs;
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
  private static final long POLL_MS_MAX = 300_000;

  private final DeviceTopics topics;
  private final Bodies bodies;
  private final EntityStore entities;
  private final AttributeReplies replies;
  private final Ingest ingest;
  private final Rpcs rpcs;
  private final HttpCommands commands;
  private final Questions questions;
  private final BlockingHandlers blocking;

  public DeviceHttp(
      Config config,
      EntityStore entities,
      AttributeStore attributes,
      Ingest ingest,
      Rpcs rpcs,
      Questions questions,
      BlockingHandlers blocking) {
    this.topics = new DeviceTopics(config);
    this.bodies = new Bodies(config);
    this.entities = entities;
    this.replies = new AttributeReplies(attributes);
    this.ingest = ingest;
    this.rpcs = rpcs;
    this.commands = new HttpCommands(rpcs);
    this.questions = questions;
    this.blocking = blocking;
  }

  public void mount(Router router) {
    post(router, "telemetry", topics::telemetry);
    post(router, "attributes", topics::attributes);
    route(router.get("/api/v1/:token/attributes"), this::attributes);
    route(router.get("/api/v1/:token/rpc"), this::poll);
    route(router.post("/api/v1/:token/rpc"), this::ask);
    route(router.post("/api/v1/:token/rpc/:number"), this::answer);
  }

  /// A long poll for a command; 408 when none comes.
  private void poll(RoutingContext context) throws InterruptedException {
    var command =
        commands
            .poll(device(context).id(), timeoutMs(context))
            .orElseThrow(
                () ->
                    new HttpError(
                        408, HttpError.Code.GENERAL, "No command came in time; ask again"));
    JsonReply.send(context, command);
  }

  private void answer(RoutingContext context) {
    var number = String.valueOf(context.pathParam("number"));
    if (read(context, body -> topics.answer(number, body))
        instanceof DeviceRequest.AnswerRpc(var command, var body)) {
      rpcs.answered(device(context).id(), command, body);
    }
    context.response().end();
  }

  /// What a rule chain answers; 408 when it does not.
  private void ask(RoutingContext context) throws InterruptedException {
    var device = device(context);
    if (!(read(context, body -> topics.question("0", "", body))
        instanceof DeviceRequest.AskServer asked)) {
      throw new IllegalStateException("Not a question");
    }
    var question = commands.ask();
    var stored = new Answer();
    var metadata = DevicePrincipal.metadata(device);
    ingest.message(
        device.tenantId(), questions.of(device.id(), metadata, question.session(), asked), stored);
    stored.await();
    JsonReply.send(
        context,
        commands
            .await(question, timeoutMs(context))
            .orElseThrow(
                () ->
                    new HttpError(
                        408,
                        HttpError.Code.GENERAL,
                        "No rule chain answered; connect \"RPC Request from Device\" to an rpc call"
                            + " reply node")));
  }

  private static long timeoutMs(RoutingContext context) {
    var text = context.queryParams().get("timeout");
    try {
      return text == null ? ANSWER_MS : Math.clamp(Long.parseLong(text), 1, POLL_MS_MAX);
    } catch (NumberFormatException e) {
      throw HttpError.badRequest("timeout is \"" + text + "\"; give whole milliseconds");
    }
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
