package io.millrace.engine.scripts.compiler;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The words of TBEL that mean something by themselves, and how tightly operators bind.
final class TbelWords {
  /// What may stand before a variable that is declared, and in a cast.
  static final Set<String> TYPES =
      Set.of(
          "int",
          "long",
          "float",
          "double",
          "byte",
          "short",
          "char",
          "boolean",
          "String",
          "Integer",
          "Long",
          "Float",
          "Double",
          "Byte",
          "Short",
          "Boolean",
          "Object",
          "List",
          "Map",
          "Set",
          "Date",
          "ArrayList",
          "HashMap",
          "LinkedHashMap");

  /// What rule scripts do not use.
  static final Set<String> NOT_TAKEN =
      Set.of(
          "import",
          "with",
          "proto",
          "assert",
          "import_static",
          "untyped",
          "until",
          "class",
          "synchronized",
          "try",
          "throw",
          "soundslike",
          "strsim",
          "convertable_to");

  /// Words that are no names.
  static final Set<String> RESERVED =
      Set.of(
          "if",
          "else",
          "for",
          "foreach",
          "while",
          "do",
          "return",
          "function",
          "def",
          "new",
          "switch",
          "case",
          "default",
          "var",
          "break",
          "continue");

  /// Operators with two operands by how tightly they bind, 1 the loosest.
  static final Map<String, Integer> OPERATORS = operatorTable();

  private TbelWords() {}

  private static Map<String, Integer> operatorTable() {
    var table = new HashMap<String, Integer>();
    var rows =
        List.of(
            "|| or",
            "&& and",
            "|",
            "^",
            "&",
            "== != === !== ~= contains is instanceof strsim soundslike",
            "< > <= >=",
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
}
