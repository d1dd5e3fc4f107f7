package io.millrace.wire.realtime;

import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonNull;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.base.json.JsonSyntaxException;
import io.millrace.base.json.JsonValue;
import io.millrace.base.runtime.Threads;
import io.millrace.store.realtime.Database;
import io.millrace.store.realtime.Node;
import io.millrace.store.realtime.RealtimeWrite;
import io.millrace.store.realtime.TreePath;
import io.millrace.store.realtime.WriteAddition;
import io.millrace.store.realtime.WriteResult;
import io.vertx.core.Context;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;

/// Writes whose body is large, read as they come in: the text never stands in memory.
///
/// `PUT /path.json`, and `POST /path/.upload` with one file as a form, as Firebase's tools send it.
final class Imports implements AutoCloseable {
  private static final String UPLOAD = "/.upload";
  private static final long STREAMED_FROM_BYTES = 1 << 20;
  private static final int AT_ONCE_MAX = 8;

  private record Running(String database, TreePath path, long bytes, BodyStream body) {}

  private final Rest rest;
  private final Gate gate;
  private final ExecutorService readers = Threads.virtual("realtime-import");
  private final Set<Running> running = ConcurrentHashMap.newKeySet();

  Imports(Rest rest, Gate gate) {
    this.rest = rest;
    this.gate = gate;
  }

  /// Takes the request, or passes it on when it is none of these. On the request's loop.
  void handle(RoutingContext context) {
    var path = context.request().path();
    if (path == null) {
      context.next();
    } else if (path.endsWith(UPLOAD) && context.request().method().equals(HttpMethod.POST)) {
      upload(context, path.substring(0, path.length() - UPLOAD.length()) + ".json");
    } else if (isLargePut(context, path)) {
      begin(context, RestUrl.of(path), new BodyStream(loop(context), context.request()));
    } else {
      context.next();
    }
  }

  private static boolean isLargePut(RoutingContext context, String path) {
    return context.request().method().equals(HttpMethod.PUT)
        && path.endsWith(".json")
        && !path.startsWith("/.settings/")
        && length(context) >= STREAMED_FROM_BYTES;
  }

  private static long length(RoutingContext context) {
    var length = context.request().getHeader("Content-Length");
    return length == null || !length.matches("[0-9]{1,18}") ? -1 : Long.parseLong(length);
  }

  private static Context loop(RoutingContext context) {
    return context.vertx().getOrCreateContext();
  }

  private void upload(RoutingContext context, String path) {
    var request = context.request();
    request.setExpectMultipart(true);
    request.uploadHandler(
        file -> begin(context, RestUrl.of(path), new BodyStream(loop(context), file)));
    request.endHandler(
        _ -> {
          if (running.stream().noneMatch(one -> one.path.equals(RestUrl.of(path)))
              && !context.response().ended()
              && request.formAttributes().isEmpty()) {
            answer(context, RestReply.error(400, "An upload is a form with one file"));
          }
        });
  }

  private void begin(RoutingContext context, TreePath path, BodyStream body) {
    var request = HttpRequests.read(context);
    try {
      var name = rest.databaseName(request);
      var caller = gate.caller(request, name);
      var database = rest.open(name, caller);
      if (running.size() >= AT_ONCE_MAX) {
        throw new RestException(503, AT_ONCE_MAX + " large writes are under way; try again later");
      }
      RestWrites.checkEstimate(database.root().at(path), length(context), request);
      var one = new Running(name, path, length(context), body);
      running.add(one);
      readers.execute(
          () -> {
            try {
              read(database, one, caller, request, reply -> answer(context, reply));
            } finally {
              running.remove(one);
            }
          });
    } catch (RestException e) {
      answer(context, e.reply());
      context.request().connection().close(); // whatever else comes is not wanted
    }
  }

  private void read(
      Database database,
      Running one,
      Caller caller,
      RestRequest request,
      Consumer<RestReply> answer) {
    try {
      var node = database.read(one.path, one.body);
      var write =
          new RealtimeWrite.Import(
              one.path, node, request.header("if-match").map(RestWrites::hash));
      var result =
          database
              .write(
                  write, gate.writeGuard(caller, one.database), WriteAddition.NONE, caller.name())
              .join();
      answer.accept(
          result instanceof WriteResult.Written
              ? written(node, request)
              : refused(result, request));
    } catch (JsonSyntaxException e) {
      answer.accept(RestReply.error(400, RestWrites.NOT_JSON + " " + e.getMessage()));
    } catch (IllegalArgumentException e) {
      answer.accept(RestReply.error(400, String.valueOf(e.getMessage())));
    }
  }

  private static RestReply written(Node node, RestRequest request) {
    if (request.parameters().getOrDefault("print", "").equals("silent")) {
      return RestReply.nothing();
    }
    return request.verb().equals("PUT")
        ? RestReply.large(node, true)
        : RestReply.json(200, "{\"status\":\"ok\"}");
  }

  private static RestReply refused(WriteResult result, RestRequest request) {
    return RestWrites.reply(result, JsonNull.NULL, request);
  }

  private static void answer(RoutingContext context, RestReply reply) {
    HttpRequests.send(reply, context);
  }

  /// The large writes under way at a database: path, bytes read so far, bytes in all (-1: unknown).
  JsonArray progress(String database) {
    return new JsonArray(
        running.stream()
            .filter(one -> one.database.equals(database))
            .<JsonValue>map(Imports::shown)
            .toList());
  }

  private static JsonObject shown(Running one) {
    return JsonObject.builder()
        .put("path", new JsonString(one.path.toString()))
        .put("bytesRead", one.body.bytesRead())
        .put("bytes", one.bytes)
        .build();
  }

  @Override
  public void close() {
    readers.shutdownNow();
  }
}
