package io.millrace.engine.scripts;

import io.millrace.base.config.Settings;
import io.millrace.base.json.Json;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonValue;
import io.millrace.testkit.SimulatedTime;
import java.util.List;
import java.util.Random;

/// Runs scripts on one message, at one moment of simulated time.
final class Bed {
  static final List<String> PARAMETERS = List.of("msg", "metadata", "msgType");
  static final JsonValue MSG =
      Json.parse(
          """
          {"temperature": 21.5, "humidity": 40, "text": "hello", "list": [1, 2, 3],
           "inner": {"p": {"q": [true, null]}}, "active": true}
          """);
  static final JsonObject METADATA =
      (JsonObject)
          Json.parse(
              """
              {"deviceName": "DHT11", "ts": "1700000000000",
               "prevAlarmDetails": "{\\"count\\":1}"}
              """);
  static final String TYPE = "POST_TELEMETRY_REQUEST";

  final Config config;
  final SimulatedTime time = new SimulatedTime();
  final Scripts scripts;

  Bed() {
    this(Settings.defaults(Config.class));
  }

  Bed(Config config) {
    this.config = config;
    this.scripts = new Scripts(config, time, new Random(7));
  }

  CompiledScript compile(ScriptLanguage language, String body) {
    return scripts.compile(language, body, PARAMETERS);
  }

  String js(String body) {
    return run(ScriptLanguage.JS, body);
  }

  String tbel(String body) {
    return run(ScriptLanguage.TBEL, body);
  }

  private String run(ScriptLanguage language, String body) {
    return compile(language, body).run(MSG, METADATA, TYPE).toString();
  }
}
