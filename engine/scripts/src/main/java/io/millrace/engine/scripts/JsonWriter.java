package io.millrace.engine.scripts;

import static io.millrace.engine.scripts.Undefined.UNDEFINED;

import io.millrace.base.json.JsonNull;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `JSON.stringify` as ECMAScript section 25.5.2 has it.
final class JsonWriter {
  private static final int DEPTH_MAX = 200;

  private final StringBuilder out = new StringBuilder();
  private final @Nullable Callable replacer;
  private final @Nullable List<String> allowed;
  private final String indent;
  private final Run run;
  private int charged;

  JsonWriter(Object replacer, String indent, Run run) {
    this.replacer = replacer instanceof Callable callable ? callable : null;
    this.allowed = replacer instanceof ScriptArray array ? names(array, run) : null;
    this.indent = indent;
    this.run = run;
  }

  private static List<String> names(ScriptArray array, Run run) {
    return java.util.Arrays.stream(array.copy(0, array.size(), UNDEFINED, run))
        .map(each -> Conversions.text(each, run))
        .distinct()
        .toList();
  }

  Object write(Object value) {
    return append("", value, 0) ? out.toString() : UNDEFINED;
  }

  /// False when JSON has nothing for the value.
  private boolean append(String key, Object given, int depth) {
    run.step();
    var value = replacer == null ? given : replacer.call(new Object[] {key, given}, run);
    switch (value) {
      case String text -> quote(text);
      case Double number -> out.append(Double.isFinite(number) ? NumberText.of(number) : "null");
      case Boolean truth -> out.append(truth);
      case JsonNull _ -> out.append("null");
      case ScriptObject map -> object(map, depth);
      case ScriptArray array -> array(array, depth);
      case ScriptDate date -> quoteOrNull(date);
      case ScriptError error -> object(error.members(), depth);
      case Callable _, Undefined _ -> {
        return false;
      }
      case Thing _ -> out.append("{}");
      default -> out.append(value);
    }
    charge();
    return true;
  }

  private void quoteOrNull(ScriptDate date) {
    if (Double.isNaN(date.millis())) {
      out.append("null");
    } else {
      quote(date.isoText());
    }
  }

  private void object(ScriptObject map, int depth) {
    checkDepth(depth);
    out.append('{');
    boolean isFirst = true;
    for (var key : allowed != null ? allowed : map.keys(run)) {
      var value = map.member(key);
      if (value == null) {
        continue;
      }
      int before = out.length();
      separate(isFirst, depth + 1);
      quote(key);
      out.append(indent.isEmpty() ? ":" : ": ");
      if (append(key, value, depth + 1)) {
        isFirst = false;
      } else {
        out.setLength(before);
      }
    }
    end(isFirst, '}', depth);
  }

  private void array(ScriptArray array, int depth) {
    checkDepth(depth);
    out.append('[');
    for (int i = 0; i < array.size(); i++) {
      separate(i == 0, depth + 1);
      if (!append(Integer.toString(i), array.itemOr(i, UNDEFINED), depth + 1)) {
        out.append("null");
      }
    }
    end(array.size() == 0, ']', depth);
  }

  private void separate(boolean isFirst, int depth) {
    if (!isFirst) {
      out.append(',');
    }
    if (!indent.isEmpty()) {
      out.append('\n').append(indent.repeat(depth));
    }
  }

  private void end(boolean isEmpty, char bracket, int depth) {
    if (!isEmpty && !indent.isEmpty()) {
      out.append('\n').append(indent.repeat(depth));
    }
    out.append(bracket);
  }

  private static void checkDepth(int depth) {
    if (depth >= DEPTH_MAX) {
      throw Errors.type("Converting circular structure to JSON");
    }
  }

  private void charge() {
    run.allocate(2L * Math.max(0, out.length() - charged));
    charged = Math.max(charged, out.length());
  }

  private void quote(String text) {
    run.allocate(2L * text.length());
    charged += text.length();
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        case '\b' -> out.append("\\b");
        case '\f' -> out.append("\\f");
        default -> {
          if (c < ' ' || isLoneSurrogate(text, i)) {
            out.append("\\u").append(HexFormat.of().toHexDigits(c));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }

  private static boolean isLoneSurrogate(String text, int i) {
    char c = text.charAt(i);
    if (Character.isHighSurrogate(c)) {
      return i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1));
    }
    return Character.isLowSurrogate(c)
        && (i == 0 || !Character.isHighSurrogate(text.charAt(i - 1)));
  }
}
