package io.millrace.engine.rules;

import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.base.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A text with ThingsBoard's patterns: `${name}` from the metadata, `$[a.b]` from the body, `${*}`
/// and `$[*]` for all of either. A pattern that finds nothing stays as it is written.
///
/// What a pattern brings in is not searched for patterns again.
public final class Template {
  private final String text;
  private final List<Part> parts;

  private Template(String text, List<Part> parts) {
    this.text = text;
    this.parts = parts;
  }

  private sealed interface Part {
    /// As written.
    record Plain(String text) implements Part {}

    record Metadata(String name, String written) implements Part {}

    record Body(List<String> path, String written) implements Part {}

    record AllMetadata() implements Part {}

    record AllBody() implements Part {}
  }

  public static Template of(String text) {
    var parts = new ArrayList<Part>();
    int done = 0;
    int at = text.indexOf('$');
    while (at >= 0 && at + 1 < text.length()) {
      char open = text.charAt(at + 1);
      int end = open == '{' ? text.indexOf('}', at) : open == '[' ? text.indexOf(']', at) : -1;
      if (end < 0) {
        at = text.indexOf('$', at + 1);
        continue;
      }
      if (at > done) {
        parts.add(new Part.Plain(text.substring(done, at)));
      }
      parts.add(part(open, text.substring(at + 2, end), text.substring(at, end + 1)));
      done = end + 1;
      at = text.indexOf('$', done);
    }
    if (done < text.length()) {
      parts.add(new Part.Plain(text.substring(done)));
    }
    return new Template(text, List.copyOf(parts));
  }

  /// The text with every pattern filled from the message.
  public String fill(RuleMessage message) {
    return fill(message, false);
  }

  /// As [#fill], each value escaped so that it may stand inside a JSON string.
  public String fillJson(RuleMessage message) {
    return fill(message, true);
  }

  private String fill(RuleMessage message, boolean escape) {
    if (parts.size() == 1 && parts.getFirst() instanceof Part.Plain(var plain)) {
      return plain;
    }
    var out = new StringBuilder(text.length() + 32);
    for (var part : parts) {
      switch (part) {
        case Part.Plain(var plain) -> out.append(plain);
        case Part.AllMetadata() -> out.append(message.metadata());
        case Part.AllBody() -> out.append(message.body());
        case Part.Metadata(var name, var written) ->
            value(out, message.metadata().get(name), written, escape);
        case Part.Body(var path, var written) ->
            value(out, find(message.body(), path), written, escape);
      }
    }
    return out.toString();
  }

  private static void value(
      StringBuilder out, @Nullable JsonValue value, String written, boolean escape) {
    if (value == null || value instanceof JsonObject || value instanceof JsonArray) {
      out.append(written); // ThingsBoard: only a single value is put in
      return;
    }
    if (escape) {
      var quoted = new JsonString(value.asText()).toString();
      out.append(quoted, 1, quoted.length() - 1);
    } else {
      out.append(value.asText());
    }
  }

  private static @Nullable JsonValue find(JsonValue body, List<String> path) {
    JsonValue found = body;
    for (var name : path) {
      found = found instanceof JsonObject object ? object.get(name) : null;
    }
    return found;
  }

  private static Part part(char open, String inner, String written) {
    if (inner.equals("*")) {
      return open == '{' ? new Part.AllMetadata() : new Part.AllBody();
    }
    return open == '{'
        ? new Part.Metadata(inner, written)
        : new Part.Body(List.of(inner.split("\\.")), written);
  }

  @Override
  public String toString() {
    return text;
  }
}
