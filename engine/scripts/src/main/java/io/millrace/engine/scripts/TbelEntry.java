package io.millrace.engine.scripts;

import io.millrace.base.json.JsonNull;
import org.jspecify.annotations.Nullable;

/// One entry of a map, as a loop over the map meets it.
record TbelEntry(ScriptObject map, String key) implements Thing {
  Object value() {
    var value = map.member(key);
    return value == null ? JsonNull.NULL : value;
  }

  @Override
  public @Nullable Object member(String name) {
    return switch (name) {
      case "key" -> key;
      case "value" -> value();
      default -> null;
    };
  }

  @Override
  public void member(String name, Object value, Run run) {
    if (!name.equals("value")) {
      throw Errors.type("An entry has a key and a value, and no " + name);
    }
    map.member(key, value, run);
  }

  @Override
  public @Nullable Object method(String name, Object[] arguments, Run run) {
    return switch (name) {
      case "getKey" -> key;
      case "getValue" -> value();
      case "setValue" -> {
        member("value", TbelOps.argument(arguments, 0), run);
        yield JsonNull.NULL;
      }
      default -> null;
    };
  }

  @Override
  public String className() {
    return "Entry";
  }
}
