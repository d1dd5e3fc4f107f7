package io.millrace.wire.realtime;

import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.base.json.JsonValue;
import io.millrace.store.realtime.Node;
import io.millrace.store.realtime.TreePath;
import java.util.Optional;

/// Events of an event stream as text; data is plain, without priorities.
final class EventText {
  static final String KEEP_ALIVE = event("keep-alive", "null");
  static final String CANCEL = event("cancel", "null");
  static final String AUTH_REVOKED = event("auth_revoked", "\"credential is no longer valid\"");

  private EventText() {}

  static String put(TreePath path, Node value) {
    return event("put", data(path, value.toJson()));
  }

  /// Empty when the update only concerns priorities, which an event stream does not show.
  static Optional<String> of(Update update) {
    return switch (update) {
      case Update.Put(var path, var value) ->
          isPriority(path) ? Optional.empty() : Optional.of(put(path, value));
      case Update.Merge merge -> of(merge);
    };
  }

  private static Optional<String> of(Update.Merge merge) {
    var values = JsonObject.builder();
    merge
        .values()
        .forEach(
            (path, value) -> {
              if (!isPriority(path)) {
                values.put(name(path), value.toJson());
              }
            });
    var data = values.build();
    return data.isEmpty()
        ? Optional.empty()
        : Optional.of(event("patch", data(merge.path(), data)));
  }

  private static boolean isPriority(TreePath path) {
    return !path.isRoot() && path.last().equals(Node.PRIORITY);
  }

  private static String name(TreePath path) {
    return path.toString().substring(1);
  }

  private static String data(TreePath path, JsonValue data) {
    return "{\"path\":" + new JsonString(path.toString()) + ",\"data\":" + data + "}";
  }

  private static String event(String name, String data) {
    return "event: " + name + "\ndata: " + data + "\n\n";
  }
}
