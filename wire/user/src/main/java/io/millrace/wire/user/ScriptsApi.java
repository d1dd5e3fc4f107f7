package io.millrace.wire.user;

import io.millrace.base.json.Json;
import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.base.json.JsonValue;
import io.millrace.engine.scripts.CompiledScript;
import io.millrace.engine.scripts.ScriptException;
import io.millrace.engine.scripts.ScriptLanguage;
import io.millrace.engine.scripts.ScriptSyntaxException;
import io.millrace.engine.scripts.Scripts;
import java.util.List;

/// Tries a script of a rule node on a message.
final class ScriptsApi {
  private static final List<String> ARGUMENTS = List.of("msg", "metadata", "msgType");
  private final Scripts scripts;

  ScriptsApi(Scripts scripts) {
    this.scripts = scripts;
  }

  void routes(RouteTable table) {
    table.query(
        "/api/ruleChain/testScript",
        RouteTable.TENANT,
        "Runs a script on a message; a fault of the script comes back in `error`.",
        this::test);
  }

  private Reply test(Request request) {
    var body = request.body();
    var language = request.choice("scriptLang", ScriptLanguage.class).orElse(ScriptLanguage.JS);
    try {
      var script = scripts.compile(language, body.text("script", ""), arguments(body));
      return Reply.of(result(run(script, body), ""));
    } catch (ScriptException | ScriptSyntaxException e) {
      return Reply.of(result("", String.valueOf(e.getMessage())));
    }
  }

  private static String run(CompiledScript script, Fields body) {
    var msg = Json.parse(body.text("msg", "{}"));
    var metadata = body.object("metadata", JsonObject.EMPTY);
    var msgType = body.text("msgType", "");
    if (body.text("scriptType", "").equals("filter")) {
      return Boolean.toString(script.test(msg, metadata, msgType));
    }
    var arguments = List.<JsonValue>of(msg, metadata, new JsonString(msgType));
    return script.call(arguments).asText();
  }

  private static List<String> arguments(Fields body) {
    return body.json().get("argNames") instanceof JsonArray names && names.size() > 0
        ? names.values().stream().map(JsonValue::asText).toList()
        : ARGUMENTS;
  }

  private static JsonObject result(String output, String error) {
    return JsonObject.builder().put("output", output).put("error", error).build();
  }
}
