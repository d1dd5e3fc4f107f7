package io.millrace.wire.realtime;

import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.base.json.JsonValue;
import io.millrace.store.realtime.CompoundHash;
import io.millrace.store.realtime.TreePath;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// The messages that the server sends.
final class SdkMessages {
  static final JsonObject PONG = control("o", JsonObject.EMPTY);

  /// A socket may take the session over.
  static final JsonObject SWITCH = control("a", JsonObject.EMPTY);

  /// The last message by the old transport.
  static final JsonObject SWITCHED = control("n", JsonObject.EMPTY);

  private static final Pattern REQUEST =
      Pattern.compile("\\{(?:\"t\":\"d\",)?\"d\":\\{(?:\"a\":\"\\w{1,9}\",)?\"r\":(\\d{1,18})\\b");

  static final JsonString NO_DATA = new JsonString("");

  private SdkMessages() {}

  /// The first message.
  ///
  /// @param host what the client reached us by, and will reconnect to
  static JsonObject hello(long nowMs, String host, String sessionId) {
    return control(
        "h",
        JsonObject.builder()
            .put("ts", new JsonLong(nowMs))
            .put("v", new JsonString("5"))
            .put("h", new JsonString(host))
            .put("s", new JsonString(sessionId))
            .build());
  }

  /// The client is to connect to that host.
  static JsonObject reset(String host) {
    return control("r", new JsonString(host));
  }

  /// The client shows the reason and never comes back.
  static JsonObject shutdown(String reason) {
    return control("s", new JsonString(reason));
  }

  /// @param number as the client gave it
  static JsonObject answer(JsonValue number, String status, JsonValue data) {
    var body = JsonObject.of("s", new JsonString(status)).with("d", data);
    return data(JsonObject.of("r", number).with("b", body));
  }

  /// What a listener is told.
  ///
  /// @param tag the client's, for listens with a query
  static JsonObject push(TreePath listened, Update update, Optional<JsonValue> tag) {
    return switch (update) {
      case Update.Put(var path, var value) ->
          push("d", listened.append(path), value.toExportJson(), tag);
      case Update.Merge(var path, var values) -> {
        var children = JsonObject.builder();
        values.forEach((key, value) -> children.put(name(key), value.toExportJson()));
        yield push("m", listened.append(path), children.build(), tag);
      }
    };
  }

  /// Replaces what a client holds in some ranges only.
  static JsonObject rangeMerge(
      TreePath listened, List<CompoundHash.Range> ranges, Optional<JsonValue> tag) {
    var merges = ranges.stream().<JsonValue>map(SdkMessages::range).toList();
    return push("rm", listened, new JsonArray(merges), tag);
  }

  private static JsonObject range(CompoundHash.Range range) {
    var merge = JsonObject.builder();
    range.after().ifPresent(path -> merge.put("s", name(path)));
    range.until().ifPresent(path -> merge.put("e", name(path)));
    return merge.put("m", range.data()).build();
  }

  /// The client may no longer listen.
  static JsonObject revoked(TreePath path, Optional<JsonValue> query) {
    var body = JsonObject.of("p", new JsonString(path.toString()));
    var whole = query.isPresent() ? body.with("q", query.get()) : body;
    return data(JsonObject.of("a", new JsonString("c")).with("b", whole));
  }

  /// The client's token is no good any more.
  static JsonObject authRevoked(String status, String reason) {
    var body = JsonObject.of("s", new JsonString(status)).with("d", new JsonString(reason));
    return data(JsonObject.of("a", new JsonString("ac")).with("b", body));
  }

  private static JsonObject push(
      String action, TreePath path, JsonValue data, Optional<JsonValue> tag) {
    var body = JsonObject.of("p", new JsonString(name(path))).with("d", data);
    var whole = tag.isPresent() ? body.with("t", tag.get()) : body;
    return data(JsonObject.of("a", new JsonString(action)).with("b", whole));
  }

  /// The number of the request that a message begins with, if the message begins as SDKs write it.
  static Optional<JsonValue> numberOf(String beginning) {
    var found = REQUEST.matcher(beginning);
    return found.lookingAt()
        ? Optional.of(new JsonLong(Long.parseLong(found.group(1))))
        : Optional.empty();
  }

  private static String name(TreePath path) {
    return path.toString().substring(1);
  }

  private static JsonObject control(String kind, JsonValue data) {
    return message("c", JsonObject.of("t", new JsonString(kind)).with("d", data));
  }

  private static JsonObject data(JsonValue data) {
    return message("d", data);
  }

  private static JsonObject message(String kind, JsonValue data) {
    return JsonObject.of("t", new JsonString(kind)).with("d", data);
  }
}
