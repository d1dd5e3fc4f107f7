package io.millrace.engine.security;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/// Reads a rules file: JSON with `//` and `/* */` comments.
final class RulesReader {
  private static final int DEPTH_MAX = 100;
  private final String source;
  private int at;

  private RulesReader(String source) {
    this.source = source;
  }

  /// @throws RulesException when it is none
  static RulesJson read(String source) {
    var reader = new RulesReader(source);
    reader.skip();
    var value = reader.value(0);
    reader.skip();
    if (reader.at < source.length()) {
      throw reader.wrong("There is more text after the rules");
    }
    return value;
  }

  private RulesJson value(int depth) {
    if (depth > DEPTH_MAX) {
      throw wrong("Nested deeper than " + DEPTH_MAX + " levels");
    }
    return switch (peek()) {
      case '{' -> members(depth);
      case '[' -> items(depth);
      case '"' -> text();
      default -> word();
    };
  }

  private RulesJson members(int depth) {
    int start = at++;
    Map<String, RulesJson> values = new LinkedHashMap<>();
    Map<String, Integer> offsets = new LinkedHashMap<>();
    skip();
    while (peek() != '}') {
      if (!values.isEmpty()) {
        expect(',');
      }
      if (peek() != '"') {
        throw wrong("Expected a name in double quotes");
      }
      int nameAt = at;
      var name = text().text().text();
      expect(':');
      offsets.put(name, nameAt);
      if (values.put(name, value(depth + 1)) != null) {
        throw SourceText.wrongInSource(source, nameAt, "'" + name + "' stands here twice");
      }
      skip();
    }
    at++;
    return new RulesJson.Members(start, values, offsets);
  }

  private RulesJson items(int depth) {
    int start = at++;
    var values = new ArrayList<RulesJson>();
    skip();
    while (peek() != ']') {
      if (!values.isEmpty()) {
        expect(',');
      }
      values.add(value(depth + 1));
      skip();
    }
    at++;
    return new RulesJson.Items(start, values);
  }

  private RulesJson.Text text() {
    int start = at++;
    var text = new StringBuilder();
    var offsets = new int[16];
    while (peek() != '"') {
      if (text.length() + 1 >= offsets.length) {
        offsets = Arrays.copyOf(offsets, offsets.length * 2);
      }
      offsets[text.length()] = at;
      text.append(character());
    }
    offsets[text.length()] = at++;
    var source = new SourceText(this.source, text.toString(), offsets);
    return new RulesJson.Text(
        start, new SourceText(source.source(), source.text(), trimmed(offsets, text.length())));
  }

  private static int[] trimmed(int[] offsets, int length) {
    return Arrays.copyOf(offsets, length + 1);
  }

  private char character() {
    char c = source.charAt(at);
    if (c == '\n' || c == '\r') {
      throw wrong("A string must end on its line");
    }
    at++;
    return c == '\\' ? escaped() : c;
  }

  private char escaped() {
    char c = peek();
    at++;
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> unicode();
      default -> {
        at -= 2;
        throw wrong("\\" + c + " is no escape in JSON; write \\\\" + c + " for a backslash");
      }
    };
  }

  private char unicode() {
    int end = at + 4;
    try {
      int code = Integer.parseInt(source.substring(at, Math.min(end, source.length())), 16);
      at = end;
      return (char) code;
    } catch (NumberFormatException e) {
      throw wrong("\\u needs four hexadecimal digits"); // no other cause is known
    }
  }

  private RulesJson word() {
    int start = at;
    while (at < source.length() && isWord(source.charAt(at))) {
      at++;
    }
    var word = source.substring(start, at);
    if (word.isEmpty()) {
      throw wrong("Expected a value, found '" + peek() + "'");
    }
    return switch (word) {
      case "true" -> new RulesJson.Flag(start, true);
      case "false" -> new RulesJson.Flag(start, false);
      default -> other(start, word);
    };
  }

  private RulesJson other(int start, String word) {
    if (word.equals("null") || word.matches("-?[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]+)?")) {
      return new RulesJson.Other(start, word);
    }
    at = start;
    throw wrong("'" + word + "' is no JSON value");
  }

  private static boolean isWord(char c) {
    return Character.isLetterOrDigit(c) || c == '-' || c == '+' || c == '.' || c == '_';
  }

  private void expect(char c) {
    skip();
    if (peek() != c) {
      throw wrong("Expected '" + c + "', found '" + peek() + "'");
    }
    at++;
    skip();
  }

  private char peek() {
    if (at >= source.length()) {
      throw wrong("The text ends here, too early");
    }
    return source.charAt(at);
  }

  /// Blanks and comments.
  private void skip() {
    while (at < source.length()) {
      char c = source.charAt(at);
      if (c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == 0xFEFF) {
        at++;
      } else if (source.startsWith("//", at)) {
        int end = source.indexOf('\n', at);
        at = end < 0 ? source.length() : end;
      } else if (source.startsWith("/*", at)) {
        int end = source.indexOf("*/", at + 2);
        if (end < 0) {
          throw wrong("This comment has no end");
        }
        at = end + 2;
      } else {
        return;
      }
    }
  }

  private RulesException wrong(String problem) {
    return SourceText.wrongInSource(source, at, problem);
  }
}
