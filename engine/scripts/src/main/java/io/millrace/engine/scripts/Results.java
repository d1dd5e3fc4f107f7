package io.millrace.engine.scripts;

import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonBoolean;
import io.millrace.base.json.JsonDouble;
import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonNull;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.base.json.JsonValue;
import io.millrace.engine.scripts.ScriptException.Kind;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/// Turns what a script returned into JSON. What came in as JSON and was not changed is shared.
///
/// As `JSON.stringify` does: members that are undefined or functions are left out, in arrays they
/// are null; NaN and infinities are null; dates are texts.
final class Results {
  private static final int DEPTH_MAX = 200;
  private static final int FREE_SHARED = 8;
  private static final int LEAF_BYTES = 8;
  private static final double LONG_MAX = 9.2e18;
  private static final double EXACT_MAX = 0x1p53;

  private final boolean doubles;
  private final Run run;
  private long bytesLeft;
  private int shared;

  /// Counts the values that did not come in as they go out.
  private long made;

  private Results(boolean doubles, Run run) {
    this.doubles = doubles;
    this.run = run;
    this.bytesLeft = run.world().config().resultBytes();
  }

  /// @param doubles whether a number without a fraction counts as whole: in JavaScript, not in TBEL
  static JsonValue of(Object value, boolean doubles, Run run) {
    var json = new Results(doubles, run).json(value, 0);
    return json == null ? JsonNull.NULL : json;
  }

  /// The JSON of a value, or null for one that JSON leaves out.
  private @Nullable JsonValue json(@Nullable Object value, int depth) {
    spend(LEAF_BYTES);
    if (!(value instanceof JsonValue
        || value instanceof ScriptObject
        || value instanceof ScriptArray)) {
      made++;
    }
    return switch (value) {
      case null -> null;
      case String text -> {
        spend(text.length());
        yield new JsonString(text);
      }
      case Double number -> number(number);
      case Integer number -> new JsonLong(number);
      case Long number -> new JsonLong(number);
      case Boolean truth -> JsonBoolean.of(truth);
      case ScriptObject map -> object(map, depth);
      case ScriptArray array -> array(array, depth);
      case ScriptDate date -> date.json(run);
      case ScriptError error -> object(error.members(), depth);
      case Callable _, Undefined _ -> null;
      case Thing _ -> JsonObject.EMPTY;
      case JsonObject object -> share(object);
      case JsonArray array -> share(array);
      case JsonValue leaf -> leaf;
      default -> throw new IllegalStateException("No result: " + value.getClass());
    };
  }

  private JsonValue number(double number) {
    if (!Double.isFinite(number)) {
      return JsonNull.NULL;
    }
    boolean isWhole = doubles && number == Math.rint(number) && Math.abs(number) < LONG_MAX;
    if (!isWhole) {
      return new JsonDouble(number);
    }
    // beyond 2^53: the digits that JavaScript writes, not those of the exact value
    return Math.abs(number) < EXACT_MAX
        ? new JsonLong((long) number)
        : new JsonLong(Long.parseLong(NumberText.of(number)));
  }

  private JsonValue object(ScriptObject map, int depth) {
    var source = map.source();
    if (source != null && map.isView()) {
      return share(source);
    }
    checkDepth(depth);
    var builder = JsonObject.builder();
    long before = made;
    for (var key : map.keys(run)) {
      run.step();
      spend(key.length());
      var json = json(map.raw(key), depth + 1);
      if (json != null) {
        builder.put(key, json);
      }
    }
    if (source != null && made == before) {
      return source;
    }
    made++;
    return builder.build();
  }

  private JsonValue array(ScriptArray array, int depth) {
    var source = array.source();
    if (source != null && array.isView()) {
      return share(source);
    }
    checkDepth(depth);
    var values = new ArrayList<JsonValue>(array.size());
    long before = made;
    for (int i = 0; i < array.size(); i++) {
      run.step();
      var json = json(array.rawItem(i), depth + 1);
      values.add(json == null ? JsonNull.NULL : json);
    }
    if (source != null && made == before) {
      return source;
    }
    made++;
    return new JsonArray(values);
  }

  private void checkDepth(int depth) {
    if (depth >= DEPTH_MAX) {
      throw new Stopped(
          Kind.OUTPUT,
          "The result contains itself, or is nested deeper than " + DEPTH_MAX + " levels");
    }
  }

  /// The message's own parts cost nothing; many copies of them do.
  private JsonValue share(JsonValue source) {
    if (++shared > FREE_SHARED) {
      weigh(source);
    }
    return source;
  }

  private void weigh(JsonValue json) {
    run.step();
    spend(LEAF_BYTES);
    switch (json) {
      case JsonObject object -> {
        for (int i = 0; i < object.size(); i++) {
          spend(object.name(i).length());
          weigh(object.value(i));
        }
      }
      case JsonArray array -> array.values().forEach(this::weigh);
      case JsonString(var text) -> spend(text.length());
      case JsonLong _, JsonDouble _, JsonBoolean _, JsonNull _ -> {}
    }
  }

  private void spend(long bytes) {
    bytesLeft -= bytes;
    if (bytesLeft < 0) {
      throw new Stopped(
          Kind.OUTPUT,
          "The result is larger than " + run.world().config().resultBytes() + " bytes");
    }
  }
}
