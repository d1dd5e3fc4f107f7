package io.millrace.wire.realtime;

import io.millrace.base.json.Json;
import io.millrace.base.json.JsonNull;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.base.json.JsonSyntaxException;
import io.millrace.base.json.JsonValue;
import io.millrace.store.realtime.Database;
import io.millrace.store.realtime.Node;
import io.millrace.store.realtime.RealtimeWrite;
import io.millrace.store.realtime.TreePath;
import io.millrace.store.realtime.WriteAddition;
import io.millrace.store.realtime.WriteResult;
import io.millrace.store.realtime.WriteResult.Denied;
import io.millrace.store.realtime.WriteResult.Invalid;
import io.millrace.store.realtime.WriteResult.Stale;
import io.millrace.store.realtime.WriteResult.Unavailable;
import io.millrace.store.realtime.WriteResult.Written;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// Answers PUT, PATCH, POST and DELETE.
final class RestWrites {
  static final String NOT_JSON = "Invalid data; couldn't parse JSON object, array, or value.";
  private static final String NOT_OBJECT =
      "Invalid data; couldn't parse JSON object."
          + " Are you sending a JSON object with valid key names?";
  private static final long BYTES_PER_SECOND = 16 << 20; // what a write is estimated to take
  private static final Map<String, Integer> SECONDS_MAX =
      Map.of("tiny", 1, "small", 10, "medium", 30, "large", 60, "unlimited", Integer.MAX_VALUE);

  private final Gate gate;

  RestWrites(Gate gate) {
    this.gate = gate;
  }

  /// What is wrong whatever the database.
  void check(RestRequest request) {
    var verb = request.verb();
    if (request.header("if-match").isPresent() && (verb.equals("PATCH") || verb.equals("POST"))) {
      throw RestException.bad(
          "If-Match is only supported for GET, PUT and DELETE, not for " + verb);
    }
    secondsMax(request);
  }

  CompletableFuture<RestReply> write(
      Database database, TreePath path, RestRequest request, Caller caller, WriteAddition also) {
    var value = sent(request);
    checkEstimate(database.root().at(path), request.body().length, request);
    var write = write(path, value, request);
    return database
        .write(write, gate.writeGuard(caller, database.name()), also, caller.name())
        .thenApply(result -> reply(result, value, request));
  }

  static JsonValue sent(RestRequest request) {
    return request.verb().equals("DELETE") ? JsonNull.NULL : parsed(request.body());
  }

  private static RealtimeWrite write(TreePath path, JsonValue value, RestRequest request) {
    return switch (request.verb()) {
      case "PATCH" -> RealtimeWrite.patch(path, object(value));
      case "POST" -> RealtimeWrite.push(path, value);
      default ->
          new RealtimeWrite.Put(path, value, request.header("if-match").map(RestWrites::hash));
    };
  }

  static String hash(String etag) {
    return etag.equals("null_etag") ? "" : etag;
  }

  private static JsonValue parsed(byte[] body) {
    try {
      return Json.parse(body);
    } catch (JsonSyntaxException e) {
      throw RestException.bad(NOT_JSON);
    }
  }

  private static JsonObject object(JsonValue value) {
    if (value instanceof JsonObject object) {
      return object;
    }
    throw RestException.bad(NOT_OBJECT);
  }

  /// The reply to a write, which is also what the sender of a call from a rule chain gets.
  static RestReply reply(WriteResult result, JsonValue sent, RestRequest request) {
    return switch (result) {
      case Written written -> written(written, sent, request);
      case Stale(var current) ->
          RestReply.json(412, RestReads.json(current, request).toString())
              .with("ETag", RestReads.etag(current));
      case Denied(var reason) -> RestReply.error(401, reason);
      case Invalid(_, var reason) -> RestReply.error(400, reason);
      case Unavailable(var reason) -> RestReply.error(503, reason).with("Retry-After", "1");
    };
  }

  private static RestReply written(Written written, JsonValue sent, RestRequest request) {
    var reply =
        request.parameters().getOrDefault("print", "").equals("silent")
            ? RestReply.nothing()
            : RestReply.json(200, RestReads.text(echo(written, sent, request), request));
    boolean isOne = !request.verb().equals("PATCH");
    return request.wantsEtag() && isOne
        ? reply.with("ETag", RestReads.etag(only(written.values()).getValue()))
        : reply;
  }

  private static JsonValue echo(Written written, JsonValue sent, RestRequest request) {
    return switch (request.verb()) {
      case "DELETE" -> JsonNull.NULL;
      case "POST" -> JsonObject.of("name", new JsonString(only(written.values()).getKey().last()));
      case "PATCH" -> hasServerValue(sent) ? resolved(written, object(sent)) : sent;
      default -> hasServerValue(sent) ? only(written.values()).getValue().toExportJson() : sent;
    };
  }

  private static JsonObject resolved(Written written, JsonObject sent) {
    var names = JsonObject.builder();
    int i = 0;
    for (var node : written.values().values()) { // in the order sent
      names.put(sent.name(i++), node.toExportJson());
    }
    return names.build();
  }

  private static boolean hasServerValue(JsonValue sent) {
    return sent.toString().contains("\".sv\":");
  }

  private static Map.Entry<TreePath, Node> only(Map<TreePath, Node> values) {
    return values.entrySet().iterator().next();
  }

  static void checkEstimate(Node replaced, long bodyBytes, RestRequest request) {
    long seconds = (replaced.sizeBytes() + bodyBytes) / BYTES_PER_SECOND;
    if (seconds >= secondsMax(request).orElse(Integer.MAX_VALUE)) {
      throw RestException.bad(
          "Data to write exceeds the maximum size that can be modified with a single request.");
    }
  }

  private static Optional<Integer> secondsMax(RestRequest request) {
    var limit = request.parameter("writeSizeLimit");
    if (limit.isPresent() && !SECONDS_MAX.containsKey(limit.get())) {
      throw RestException.bad(
          "writeSizeLimit must be one of tiny, small, medium, large, unlimited, not "
              + limit.get());
    }
    return limit.map(SECONDS_MAX::get);
  }
}
