package io.millrace.wire.realtime;

import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonBoolean;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.base.json.JsonValue;
import io.millrace.store.realtime.Branch;
import io.millrace.store.realtime.Database;
import io.millrace.store.realtime.Node;
import io.millrace.store.realtime.Query;
import io.millrace.store.realtime.QueryIndex;
import io.millrace.store.realtime.TreePath;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Answers GET.
final class RestReads {
  private static final Pattern TIMEOUT = Pattern.compile("([0-9]{1,9})(ms|s|min)");
  private static final Pattern CALLBACK = Pattern.compile("[A-Za-z_$][A-Za-z0-9_$.]{0,200}");
  private static final long TIMEOUT_MS_MAX = 15 * 60_000;
  private static final long STREAMED_FROM_BYTES = 1 << 20;
  private static final long BYTES_PER_MS = 16_384; // what a read is estimated to take

  private final Config config;
  private final Gate gate;

  RestReads(Config config, Gate gate) {
    this.config = config;
    this.gate = gate;
  }

  /// @param database empty when nobody has written yet
  RestReply read(
      String name, Optional<Database> database, TreePath path, RestRequest request, Caller caller) {
    var query = QueryParameters.of(request);
    var timeoutMs = timeoutMs(request);
    var root = database.map(Database::root).orElse(Branch.EMPTY);
    if (!gate.mayRead(caller, name, root, path, query)) {
      throw Rest.denied();
    }
    checkIndex(name, path, query);
    var node = root.at(path);
    var wanted = query.apply(node, true);
    boolean isStreamed = isStreamed(wanted, request);
    if (!isStreamed && !request.isTrue("shallow") && wanted.sizeBytes() > config.readBytesMax()) {
      throw RestException.bad(
          "Data requested exceeds the maximum size that can be accessed with a single request.");
    }
    if (!request.isTrue("shallow") && estimateMs(wanted) > timeoutMs) {
      throw RestException.bad(
          "The request's timeout of %d ms is too short for %d bytes"
              .formatted(timeoutMs, wanted.sizeBytes()));
    }
    var reply =
        isStreamed
            ? downloaded(RestReply.large(wanted, request.isExport()), request)
            : reply(wanted, request);
    return request.wantsEtag() ? reply.with("ETag", etag(node)) : reply;
  }

  /// RTDB: without an index REST refuses, also administrators.
  ///
  /// @throws RestException in Firebase's words
  void checkIndex(String database, TreePath path, Query query) {
    if (gate.rules(database).isIndexed(path, query.index())) {
      return;
    }
    var index =
        query.index() instanceof QueryIndex.ByChild(var child)
            ? child.toString().substring(1)
            : ".value";
    throw RestException.bad(
        "Index not defined, add \".indexOn\": \"%s\", for path \"%s\", to the rules"
            .formatted(index, path));
  }

  private static RestReply reply(Node wanted, RestRequest request) {
    if (request.parameters().getOrDefault("print", "").equals("silent")) {
      return RestReply.nothing();
    }
    var json = request.isTrue("shallow") ? shallow(wanted) : json(wanted, request);
    var text = text(json, request);
    var callback = request.parameter("callback");
    if (callback.isPresent()) {
      return script(callback.get(), text);
    }
    return downloaded(RestReply.json(200, text), request);
  }

  private static RestReply downloaded(RestReply reply, RestRequest request) {
    return request
        .parameter("download")
        .map(name -> reply.with("Content-Disposition", attachment(name)))
        .orElse(reply);
  }

  /// What is large and wanted as it is leaves piece by piece; an export may have any size.
  private boolean isStreamed(Node wanted, RestRequest request) {
    return wanted.sizeBytes() > STREAMED_FROM_BYTES
        && (request.isExport() || wanted.sizeBytes() <= config.readBytesMax())
        && !request.isTrue("shallow")
        && request.parameter("print").isEmpty()
        && request.parameter("callback").isEmpty();
  }

  static JsonValue json(Node node, RestRequest request) {
    return request.isExport() ? node.toExportJson() : node.toJson();
  }

  static String text(JsonValue json, RestRequest request) {
    return request.parameters().getOrDefault("print", "").equals("pretty")
        ? PrettyJson.of(json)
        : json.toString();
  }

  static String etag(Node node) {
    return node.isEmpty() ? "null_etag" : node.hash();
  }

  private static JsonValue shallow(Node node) {
    if (!(node instanceof Branch branch) || branch.isEmpty()) {
      return node.toJson();
    }
    var keys = JsonObject.builder();
    branch.forEach(child -> keys.put(child.key(), JsonBoolean.TRUE));
    return keys.build();
  }

  private static RestReply script(String callback, String json) {
    if (!CALLBACK.matcher(callback).matches()) {
      throw RestException.bad("callback must be the name of a JavaScript function");
    }
    return new RestReply(
        200,
        Map.of(
            "Content-Type", "application/javascript; charset=utf-8", "Cache-Control", "no-cache"),
        "/**/" + callback + "(" + json
            + ");"); // the comment keeps the text from being anything else
  }

  private static String attachment(String name) {
    return "attachment; filename=\"" + name.replaceAll("[^A-Za-z0-9._ -]", "_") + "\"";
  }

  private static long estimateMs(Node wanted) {
    return wanted.sizeBytes() / BYTES_PER_MS;
  }

  /// RTDB: a read that would take longer is refused; 15 minutes when the request says nothing.
  private static long timeoutMs(RestRequest request) {
    var text = request.parameter("timeout");
    if (text.isEmpty()) {
      return TIMEOUT_MS_MAX;
    }
    var matcher = TIMEOUT.matcher(text.get());
    if (matcher.matches()) {
      long timeoutMs = millis(matcher.group(1), matcher.group(2));
      if (timeoutMs <= TIMEOUT_MS_MAX) {
        return timeoutMs;
      }
    }
    throw RestException.bad("timeout must be like 3ms, 3s or 3min, at most 15min");
  }

  private static long millis(String number, String unit) {
    long factor =
        switch (unit) {
          case "ms" -> 1;
          case "s" -> 1_000;
          default -> 60_000;
        };
    return Long.parseLong(number) * factor;
  }

  RestReply databases(List<String> names, Caller caller) {
    if (!caller.isAdmin() && !gate.isOpen()) {
      throw Rest.denied();
    }
    var list =
        names.stream().<JsonValue>map(name -> JsonObject.of("name", new JsonString(name))).toList();
    return RestReply.json(200, new JsonArray(list).toString());
  }
}
