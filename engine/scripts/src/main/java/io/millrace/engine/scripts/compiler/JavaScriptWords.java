package io.millrace.engine.scripts.compiler;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The words of JavaScript that mean something by themselves, and how tightly operators bind.
final class JavaScriptWords {
  /// What rule scripts do not use, and the full engine takes.
  static final Set<String> NOT_TAKEN =
      Set.of(
          "class",
          "async",
          "await",
          "yield",
          "with",
          "import",
          "export",
          "debugger",
          "enum",
          "super",
          "eval",
          "arguments");

  /// What `new` makes.
  static final Set<String> CONSTRUCTIBLE =
      Set.of(
          "Date",
          "Array",
          "Object",
          "Map",
          "Set",
          "RegExp",
          "Error",
          "TypeError",
          "RangeError",
          "SyntaxError",
          "ReferenceError",
          "EvalError",
          "URIError");

  /// Words that are no names.
  static final Set<String> RESERVED =
      Set.of(
          "break",
          "case",
          "catch",
          "const",
          "continue",
          "default",
          "delete",
          "do",
          "else",
          "finally",
          "for",
          "function",
          "if",
          "in",
          "instanceof",
          "new",
          "return",
          "switch",
          "throw",
          "try",
          "typeof",
          "var",
          "void",
          "while",
          "true",
          "false",
          "null");

  /// Operators with two operands by how tightly they bind, 1 the loosest.
  static final Map<String, Integer> OPERATORS = operatorTable();

  /// The operators in the head of a `for`, where `in` means something else.
  static final Map<String, Integer> OPERATORS_WITHOUT_IN = withoutIn();

  private JavaScriptWords() {}

  private static Map<String, Integer> operatorTable() {
    var table = new HashMap<String, Integer>();
    var rows =
        List.of(
            "?? ||",
            "&&",
            "|",
            "^",
            "&",
            "== != === !==",
            "< > <= >= in instanceof",
            "<< >> >>>",
            "+ -",
            "* / %",
            "**");
    for (int i = 0; i < rows.size(); i++) {
      for (var operator : rows.get(i).split(" ")) {
        table.put(operator, i + 1);
      }
    }
    return Map.copyOf(table);
  }

  private static Map<String, Integer> withoutIn() {
    var table = new HashMap<>(OPERATORS);
    table.remove("in");
    return Map.copyOf(table);
  }
}
