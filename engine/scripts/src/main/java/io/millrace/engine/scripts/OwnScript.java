package io.millrace.engine.scripts;

import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonValue;
import io.millrace.engine.scripts.ScriptException.Kind;
import java.util.List;

/// A script that our own compiler took.
final class OwnScript implements CompiledScript {
  private final Code code;
  private final Source source;
  private final World world;
  private final boolean doubles;

  OwnScript(Code code, Source source, World world, boolean doubles) {
    this.code = code;
    this.source = source;
    this.world = world;
    this.doubles = doubles;
  }

  @Override
  public boolean test(JsonValue msg, JsonObject metadata, String msgType) {
    var run = new Run(world);
    try {
      var result = main(run, msg, metadata, msgType);
      if (result instanceof Boolean truth) {
        return truth;
      }
      throw new ScriptException(
          Kind.ERROR,
          "The script returned " + kind(result) + "; a filter must return true or false",
          0,
          0);
    } catch (RuntimeException | StackOverflowError e) {
      throw source.failure(e);
    }
  }

  private static String kind(Object result) {
    return Conversions.isNothing(result)
        ? "nothing"
        : result instanceof Number ? "a number" : "a value of type " + Conversions.typeOf(result);
  }

  @Override
  public JsonValue run(JsonValue msg, JsonObject metadata, String msgType) {
    var run = new Run(world);
    try {
      return Results.of(main(run, msg, metadata, msgType), doubles, run);
    } catch (RuntimeException | StackOverflowError e) {
      throw source.failure(e);
    }
  }

  private Object main(Run run, JsonValue msg, JsonObject metadata, String msgType) {
    return code.main(run, Values.of(msg, doubles), new ScriptObject(metadata, doubles), msgType);
  }

  @Override
  public JsonValue call(List<JsonValue> arguments) {
    var run = new Run(world);
    try {
      var values = new Object[arguments.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = Values.of(arguments.get(i), doubles);
      }
      return Results.of(code.call(run, 0, null, values), doubles, run);
    } catch (RuntimeException | StackOverflowError e) {
      throw source.failure(e);
    }
  }

  @Override
  public boolean isFallback() {
    return false;
  }
}
