package io.millrace.engine.fields;

import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonValue;
import io.millrace.base.model.Point;
import io.millrace.engine.scripts.ScriptException;
import io.millrace.engine.scripts.Scripts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;

/// Tries a script on arguments that somebody made up; nothing is stored.
public final class FieldTest {
  private final Scripts scripts;

  public FieldTest(Scripts scripts) {
    this.scripts = scripts;
  }

  /// Runs it.
  ///
  /// @param arguments ThingsBoard's: `{name: {type: SINGLE_VALUE, ts, value} | {type: TS_ROLLING,
  ///     timeWindow, values}}`
  /// @param now what `ctx.latestTs` is when no argument has a time
  /// @return `output`, the result's JSON as a text, and `error`; one of them is empty
  public JsonObject run(String expression, JsonObject arguments, long now) {
    var values = new LinkedHashMap<String, Value>();
    try {
      arguments.forEach(
          (name, json) ->
              values.put(name, value(json instanceof JsonObject one ? one : JsonObject.EMPTY)));
      var script = ScriptFormula.compile(scripts, expression, values.keySet());
      long latest = Math.max(latest(values), -1);
      return answer(ScriptFormula.run(script, values, latest < 0 ? now : latest).toString(), "");
    } catch (IllegalArgumentException | ScriptException e) {
      return answer("", String.valueOf(e.getMessage()));
    }
  }

  private static long latest(Map<String, Value> values) {
    return Evaluation.latestTs(values);
  }

  private static JsonObject answer(String output, String error) {
    return JsonObject.builder().put("output", output).put("error", error).build();
  }

  private static Value value(JsonObject json) {
    if (!json.text("type", "").equals("TS_ROLLING")) {
      return new Value.Single(number(json, "ts", -1), Evaluation.orNull(json.get("value")), false);
    }
    var window = json.get("timeWindow") instanceof JsonObject given ? given : JsonObject.EMPTY;
    var points = new ArrayList<Point>();
    if (json.get("values") instanceof JsonArray list) {
      for (var each : list.values()) {
        if (each instanceof JsonObject point) {
          JsonValue value = Evaluation.orNull(point.get("value"));
          points.add(new Point("value", number(point, "ts", 0), value));
        }
      }
    }
    return new Value.Rolling(number(window, "startTs", 0), number(window, "endTs", 0), points);
  }

  private static long number(JsonObject json, String name, long fallback) {
    return json.get(name) instanceof JsonLong(long number) ? number : fallback;
  }
}
