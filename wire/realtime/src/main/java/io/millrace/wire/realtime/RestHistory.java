package io.millrace.wire.realtime;

import io.millrace.base.json.Json;
import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonNull;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.base.json.JsonSyntaxException;
import io.millrace.base.json.JsonValue;
import io.millrace.store.realtime.Database;
import io.millrace.store.realtime.Node;
import io.millrace.store.realtime.PastWrite;
import io.millrace.store.realtime.TreePath;
import io.millrace.store.realtime.WriteResult;
import java.util.concurrent.CompletableFuture;

/// What changed a path, and setting it back.
final class RestHistory {
  private static final int LIMIT = 50;
  private static final int LIMIT_MAX = 1_000;
  private static final long SHOWN_BYTES_MAX = 16_384;

  private RestHistory() {}

  /// `?path=/a&before=ID&limit=50`: the latest first.
  static RestReply read(RestRequest request, Database database) {
    var path = TreePath.parse(request.parameter("path").orElse("/"));
    long before = number(request, "before", Long.MAX_VALUE);
    int limit = Math.clamp(number(request, "limit", LIMIT), 1, LIMIT_MAX);
    var writes =
        database.history(path, before, limit).stream().<JsonValue>map(RestHistory::shown).toList();
    return RestReply.json(200, new JsonArray(writes).toString());
  }

  private static long number(RestRequest request, String name, long fallback) {
    var text = request.parameter(name);
    if (text.isPresent() && !text.get().matches("[0-9]{1,18}")) {
      throw RestException.bad(name + " must be a whole number, not " + text.get());
    }
    return text.map(Long::parseLong).orElse(fallback);
  }

  private static JsonObject shown(PastWrite write) {
    return JsonObject.builder()
        .put("id", write.id())
        .put("at", write.atMs())
        .put("by", new JsonString(write.by()))
        .put("known", write.isKnown())
        .put("before", shown(write.before()))
        .put("after", shown(write.after()))
        .build();
  }

  /// A value that is too large to look at is told by its size.
  private static JsonValue shown(Node node) {
    return node.sizeBytes() > SHOWN_BYTES_MAX
        ? new JsonString("… " + node.sizeBytes() + " bytes of memory")
        : node.toExportJson();
  }

  /// `{"path": "/a", "id": ID}`: the path becomes what it was right before that write.
  static CompletableFuture<RestReply> undo(RestRequest request, Database database, Caller caller) {
    try {
      if (Json.parse(request.body()) instanceof JsonObject asked
          && asked.get("id") instanceof JsonLong(var id)) {
        return database
            .undo(TreePath.parse(asked.text("path", "/")), id, caller.name() + " (undo)")
            .thenApply(
                result ->
                    result instanceof WriteResult.Written
                        ? RestReply.json(200, "{\"status\":\"ok\"}")
                        : RestWrites.reply(result, JsonNull.NULL, request));
      }
    } catch (JsonSyntaxException e) {
      throw RestException.bad("An undo is a JSON object: " + e.getMessage());
    }
    throw RestException.bad("An undo is a JSON object with path and id");
  }
}
