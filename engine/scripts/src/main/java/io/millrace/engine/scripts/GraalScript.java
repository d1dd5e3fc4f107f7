package io.millrace.engine.scripts;

import io.millrace.base.json.Json;
import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonBoolean;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.base.json.JsonValue;
import io.millrace.engine.scripts.ScriptException.Kind;
import java.util.List;

/// A script that only the full engine understands. What goes in and out is JSON text.
final class GraalScript implements CompiledScript {
  private final GraalEngine engine;
  private final String body;
  private final List<String> parameters;

  private GraalScript(GraalEngine engine, String body, List<String> parameters) {
    this.engine = engine;
    this.body = body;
    this.parameters = parameters;
  }

  /// @throws ScriptSyntaxException when the engine does not understand the script either
  static GraalScript compile(GraalEngine engine, String body, List<String> parameters) {
    var script = new GraalScript(engine, body, List.copyOf(parameters));
    engine.give(script, script.open());
    return script;
  }

  private GraalSession open() {
    return GraalSession.open(engine, body, parameters);
  }

  @Override
  public boolean test(JsonValue msg, JsonObject metadata, String msgType) {
    if (run(msg, metadata, msgType) instanceof JsonBoolean truth) {
      return truth.value();
    }
    throw new ScriptException(
        Kind.ERROR, "The script returned something else; a filter must return true or false", 0, 0);
  }

  @Override
  public JsonValue run(JsonValue msg, JsonObject metadata, String msgType) {
    return call(List.of(msg, metadata, new JsonString(msgType)));
  }

  @Override
  public JsonValue call(List<JsonValue> arguments) {
    var kept = engine.take(this);
    var session = kept == null ? open() : kept;
    boolean isUsable = false;
    try {
      var text = session.run(engine, new JsonArray(arguments).toString());
      isUsable = true;
      return result(text);
    } catch (ScriptException e) {
      isUsable |= e.kind() == Kind.ERROR || e.kind() == Kind.DEPTH;
      throw e;
    } finally {
      if (isUsable) {
        engine.give(this, session);
      } else {
        session.close();
      }
    }
  }

  private JsonValue result(String text) {
    if (text.length() > engine.world().config().resultBytes()) {
      throw new ScriptException(
          Kind.OUTPUT,
          "The result is larger than " + engine.world().config().resultBytes() + " bytes",
          0,
          0);
    }
    return Json.parse(text);
  }

  @Override
  public boolean isFallback() {
    return true;
  }
}
