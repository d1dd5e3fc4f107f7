package io.millrace.compat;

import io.millrace.base.json.Json;
import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonBoolean;
import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// One test of the packet sequences.
record Sequence(
    String name, int version, boolean connects, boolean expectsDisconnect, List<Step> steps) {

  /// Something sent, something expected, or a publish by another client.
  record Step(String type, byte[] bytes, String topic, String payload, int qos) {}

  static List<Sequence> read(Path file) {
    var all = new ArrayList<Sequence>();
    for (var group : array(parse(file))) {
      for (var test : array(((JsonObject) group).get("tests"))) {
        var both = merge((JsonObject) group, (JsonObject) test);
        if (!flag(both, "disable", false)) {
          all.add(of(both));
        }
      }
    }
    return all;
  }

  private static JsonValue parse(Path file) {
    try {
      return Json.parse(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new IllegalStateException("Cannot read " + file, e);
    }
  }

  private static JsonObject merge(JsonObject group, JsonObject test) {
    var merged = group.toBuilder();
    test.forEach(merged::put);
    return merged.build();
  }

  private static Sequence of(JsonObject test) {
    var steps = new ArrayList<Step>();
    for (var message : array(test.get("msgs"))) {
      steps.add(step((JsonObject) message));
    }
    return new Sequence(
        test.text("group", "") + " " + test.text("name", ""),
        (int) number(test, "ver", 4),
        flag(test, "connect", true),
        flag(test, "expect_disconnect", true),
        steps);
  }

  private static Step step(JsonObject message) {
    var type = message.text("type", "");
    var payload = message.text("payload", "");
    boolean other = type.equals("publish");
    return new Step(
        type,
        other ? new byte[0] : SequenceBytes.parse(payload),
        message.text("topic", ""),
        other ? payload : "",
        (int) number(message, "qos", 0));
  }

  private static List<JsonValue> array(JsonValue value) {
    return ((JsonArray) value).values();
  }

  private static boolean flag(JsonObject in, String name, boolean otherwise) {
    return in.get(name) instanceof JsonBoolean flag ? flag.value() : otherwise;
  }

  private static long number(JsonObject in, String name, long otherwise) {
    return in.get(name) instanceof JsonLong(var value) ? value : otherwise;
  }
}
