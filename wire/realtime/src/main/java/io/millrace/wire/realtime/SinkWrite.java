package io.millrace.wire.realtime;

import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonNull;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonValue;
import io.millrace.engine.rules.Answer;
import io.millrace.store.realtime.ChildKey;
import io.millrace.store.realtime.Node;
import io.millrace.store.realtime.TreePath;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/// What one message writes to a database elsewhere: places and values, for a multi-path update.
///
/// The same call gives the same places, also that of a pushed child, so that writing it twice
/// changes nothing.
record SinkWrite(
    TreePath path, Map<TreePath, JsonValue> values, long bytes, CompletableFuture<Answer> done) {
  private static final String ALPHABET =
      "-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz"; // of push ids

  /// @throws IllegalArgumentException when it can never be written, in words for a person
  static SinkWrite of(JsonObject request, String idempotencyKey) {
    var path = TreePath.parse(request.text("path", ""));
    var given = request.get("data");
    var data = given == null ? JsonNull.NULL : given;
    if (data.toString().contains("\"increment\":")) {
      throw new IllegalArgumentException(
          "A server value increment would be doubled when the call is tried again; write the"
              + " value");
    }
    Map<TreePath, JsonValue> values = new LinkedHashMap<>();
    switch (request.text("action", "UPDATE")) {
      case "SET" -> values.put(path, data);
      case "REMOVE" -> values.put(path, JsonNull.NULL);
      case "PUSH" -> values.put(path.child(pushId(request, idempotencyKey)), data);
      default -> children(path, data, values);
    }
    check(values);
    long bytes = 0;
    for (var value : values.entrySet()) {
      bytes += value.getKey().toString().length() + value.getValue().toString().length() + 8L;
    }
    return new SinkWrite(path, values, bytes, new CompletableFuture<>());
  }

  private static void children(TreePath path, JsonValue data, Map<TreePath, JsonValue> values) {
    if (!(data instanceof JsonObject object) || object.isEmpty()) {
      throw new IllegalArgumentException("An update needs an object with a member, not " + data);
    }
    object.forEach((name, value) -> values.put(path.append(TreePath.parse(name)), value));
  }

  private static void check(Map<TreePath, JsonValue> values) {
    for (var path : values.keySet()) {
      if (path.isRoot()) {
        throw new IllegalArgumentException("The root is not written as a whole; give a path");
      }
      for (var key : path.keys()) {
        if (ChildKey.isMalformed(key) && !key.equals(Node.PRIORITY)) {
          throw new IllegalArgumentException(
              "'%s' in the path %s has one of the characters . # $ [ ] or a control character"
                  .formatted(key, path));
        }
      }
    }
  }

  /// Sorts by the message's time, as any push id.
  private static String pushId(JsonObject request, String idempotencyKey) {
    var id = new StringBuilder();
    long ts = request.get("ts") instanceof JsonLong(var millis) ? millis : 0;
    for (int shift = 42; shift >= 0; shift -= 6) {
      id.append(ALPHABET.charAt((int) (ts >> shift) & 63));
    }
    var hash = sha1(idempotencyKey);
    for (int i = 0; i < 12; i++) {
      id.append(ALPHABET.charAt(hash[i] & 63));
    }
    return id.toString();
  }

  private static byte[] sha1(String text) {
    try {
      return MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-1", e);
    }
  }
}
