package io.millrace.engine.rules.nodes;

import io.millrace.engine.rules.NotBuiltException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Reads a [JsonPath]'s text.
final class JsonPathParser {
  private static final Pattern INDEX = Pattern.compile("-?[0-9]{1,9}");
  private final String text;
  private int at;

  JsonPathParser(String text) {
    this.text = text.strip();
  }

  List<JsonPath.Part> parse() {
    var parts = new ArrayList<JsonPath.Part>();
    if (!text.startsWith("$")) {
      throw wrong("it must start with $");
    }
    at = 1;
    while (at < text.length()) {
      if (text.startsWith("..", at)) {
        at += text.startsWith("..[", at) ? 2 : 1;
        parts.add(new JsonPath.Part.Descend());
      }
      parts.add(text.charAt(at) == '[' ? bracket() : dotted());
    }
    return parts;
  }

  private JsonPath.Part dotted() {
    if (text.charAt(at) != '.') {
      throw wrong("a . or [ is expected at character " + (at + 1));
    }
    int end = ++at;
    while (end < text.length() && text.charAt(end) != '.' && text.charAt(end) != '[') {
      end++;
    }
    var name = text.substring(at, end);
    at = end;
    if (name.isEmpty() || name.endsWith(")")) {
      throw wrong(name.isEmpty() ? "a name is empty" : "functions are not taken");
    }
    return name.equals("*") ? new JsonPath.Part.All() : new JsonPath.Part.Names(List.of(name));
  }

  private JsonPath.Part bracket() {
    int end = text.indexOf(']', at);
    if (end < 0) {
      throw wrong("a ] is missing");
    }
    var inner = text.substring(at + 1, end).strip();
    at = end + 1;
    if (inner.equals("*")) {
      return new JsonPath.Part.All();
    }
    if (inner.startsWith("?") || inner.startsWith("(")) {
      throw new NotBuiltException(
          "JSONPath filters, as in \"%s\", are not built here yet.".formatted(text));
    }
    if (inner.contains(":")) {
      return slice(inner);
    }
    var items = List.of(inner.split(",")).stream().map(String::strip).toList();
    return items.stream().allMatch(item -> INDEX.matcher(item).matches())
        ? new JsonPath.Part.Indexes(items.stream().map(Integer::valueOf).toList())
        : new JsonPath.Part.Names(items.stream().map(this::unquoted).toList());
  }

  private JsonPath.Part slice(String inner) {
    var ends = inner.split(":", -1);
    if (ends.length != 2) {
      throw wrong("a slice has two ends");
    }
    return new JsonPath.Part.Slice(end(ends[0], 0), end(ends[1], Integer.MAX_VALUE));
  }

  private int end(String number, int otherwise) {
    if (number.isBlank()) {
      return otherwise;
    }
    if (!INDEX.matcher(number.strip()).matches()) {
      throw wrong(number + " is not an index");
    }
    return Integer.parseInt(number.strip());
  }

  private String unquoted(String item) {
    boolean isQuoted =
        item.length() > 1
            && (item.charAt(0) == '\'' || item.charAt(0) == '"')
            && item.charAt(0) == item.charAt(item.length() - 1);
    if (!isQuoted) {
      throw wrong(item + " is neither an index nor a quoted name");
    }
    return item.substring(1, item.length() - 1);
  }

  private IllegalArgumentException wrong(String what) {
    return new IllegalArgumentException(
        "The path \"%s\" is not JSONPath: %s.".formatted(text, what));
  }
}
