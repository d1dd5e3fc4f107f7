package io.millrace.engine.scripts;

import static io.millrace.engine.scripts.Undefined.UNDEFINED;

import io.millrace.base.json.Json;
import io.millrace.base.json.JsonSyntaxException;
import org.jspecify.annotations.Nullable;

/// `JSON`.
final class JsonFunctions {
  private static final int INDENT_MAX = 10; // ECMAScript JSON.stringify, step 8

  private JsonFunctions() {}

  static @Nullable Object call(String name, Object[] arguments, Run run) {
    var first = arguments.length > 0 ? arguments[0] : UNDEFINED;
    return switch (name) {
      case "parse" -> parse(first, arguments, run);
      case "stringify" -> stringify(first, arguments, run);
      default -> null;
    };
  }

  private static Object parse(Object value, Object[] arguments, Run run) {
    if (arguments.length > 1 && arguments[1] instanceof Callable) {
      throw Errors.type("JSON.parse takes no reviver here");
    }
    return parse(Conversions.text(value, run), true, run);
  }

  static Object parse(String text, boolean doubles, Run run) {
    run.allocate(8L * text.length());
    run.work(text.length() / 4);
    try {
      return Values.of(Json.parse(text), doubles);
    } catch (JsonSyntaxException e) {
      throw Errors.syntax(String.valueOf(e.getMessage()));
    }
  }

  private static Object stringify(Object value, Object[] arguments, Run run) {
    var replacer = arguments.length > 1 ? arguments[1] : UNDEFINED;
    var writer = new JsonWriter(replacer, indent(arguments, run), run);
    return writer.write(value);
  }

  private static String indent(Object[] arguments, Run run) {
    var wanted = arguments.length > 2 ? arguments[2] : UNDEFINED;
    if (wanted instanceof Double) {
      return " ".repeat(Math.clamp(Conversions.integer(wanted, 0), 0, INDENT_MAX));
    }
    if (wanted instanceof String text) {
      run.step();
      return text.substring(0, Math.min(INDENT_MAX, text.length()));
    }
    return "";
  }
}
