package io.millrace.engine.scripts;

import java.util.List;
import java.util.random.RandomGenerator;

/// Writes JavaScript programs from a seed: short, terminating, and full of conversions.
final class Programs {
  private static final List<String> NAMES = List.of("a", "b", "c", "d");
  private static final List<String> LITERALS =
      List.of(
          "0",
          "1",
          "-1",
          "2",
          "7",
          "0.5",
          "-3.25",
          "1e21",
          "1e-7",
          "255",
          "4294967296",
          "NaN",
          "Infinity",
          "''",
          "'a'",
          "'b c'",
          "'12'",
          "' 7 '",
          "'-0.5'",
          "'x,y,z'",
          "'0x1F'",
          "true",
          "false",
          "null",
          "undefined",
          "[]",
          "[1, 2, 3]",
          "['b', 'a', 10, 9]",
          "{}",
          "{x: 1, y: 'q'}",
          "{z: {w: [1, {v: null}]}}",
          "msg.temperature",
          "msg.humidity",
          "msg.text",
          "msg.list",
          "msg.inner",
          "msg.missing",
          "metadata.ts",
          "msgType",
          "new Date(86400000)",
          "'aXbX'",
          "1234.5678",
          "-7.5");
  private static final List<String> BINARY =
      List.of(
          "+", "+", "-", "*", "/", "%", "==", "!=", "===", "!==", "<", "<=", ">", ">=", "&&", "||",
          "&", "|", "^", "<<", ">>", ">>>", "**");
  private static final List<String> UNARY = List.of("!", "-", "+", "~", "typeof ", "void ", "!!");
  private static final List<String> STRING_CALLS =
      List.of(
          ".toUpperCase()",
          ".slice(1)",
          ".slice(-2, 5)",
          ".substring(2, 0)",
          ".charAt(1)",
          ".indexOf('a')",
          ".split(',')",
          ".split('')",
          ".length",
          ".trim()",
          ".replace('a', '$&-')",
          ".replace(/[a-c]/g, function (m) { return m + m; })",
          ".match(/[a-z]+/g)",
          ".match(/(\\w)(\\w)?/)",
          ".search(/\\d/)",
          ".padStart(6, '*')",
          ".repeat(2)",
          ".charCodeAt(0)",
          ".concat(1, null)",
          ".lastIndexOf('X')",
          ".substr(-2, 1)",
          ".split(/[,X]/)",
          ".includes('b')",
          ".startsWith('x')",
          ".at(-1)",
          ".replace(/X$/, '$`')");
  private static final List<String> ARRAY_CALLS =
      List.of(
          ".length",
          ".join('-')",
          ".slice(1)",
          ".concat([4], 5)",
          ".indexOf(2)",
          ".map(function (e, i) { return e + i; })",
          ".filter(e => e)",
          ".reverse()",
          ".sort()",
          ".reduce((s, e) => s + e, '')",
          ".some(e => e > 2)",
          ".every(e => e != null)",
          ".find(e => e == 2)",
          ".findIndex(e => e === 9)",
          ".flat()",
          ".includes(10)",
          ".splice(1, 1)",
          ".push(6)",
          ".pop()",
          ".shift()",
          ".unshift(0)",
          ".at(-1)",
          ".fill(3)",
          ".sort((p, q) => p - q)",
          ".lastIndexOf(1)",
          ".toString()",
          ".flatMap(e => [e, e])",
          ".reduceRight((s, e) => s + '/' + e)");
  private static final List<String> NUMBER_CALLS =
      List.of(
          ".toFixed(2)",
          ".toString()",
          ".toString(2)",
          ".toString(16)",
          ".toPrecision(3)",
          ".toFixed()",
          ".toExponential(2)",
          ".valueOf()");
  private static final List<String> FUNCTIONS =
      List.of(
          "Math.max(%s, 3)",
          "Math.min(%s, 3)",
          "Math.round(%s)",
          "Math.floor(%s)",
          "Math.abs(%s)",
          "Math.sign(%s)",
          "Math.trunc(%s)",
          "Number(%s)",
          "String(%s)",
          "Boolean(%s)",
          "parseInt(%s)",
          "parseFloat(%s)",
          "isNaN(%s)",
          "JSON.stringify(%s)",
          "Array.isArray(%s)",
          "Number.isInteger(%s)",
          "parseInt(%s, 16)",
          "isFinite(%s)",
          "[...[%s], 1]",
          "JSON.stringify(%s, null, 2)",
          "Object.is(%s, NaN)",
          "encodeURIComponent(%s)",
          "(%s) instanceof Array",
          "[%s].map(String)",
          "Math.sqrt(%s)",
          "Math.pow(%s, 2)",
          "`<${%s}>`",
          "f(%s)",
          "g(%s, 2)",
          "[%s, [%s]]",
          "{k: %s}.k",
          "(%s)?.x?.y",
          "(%s) ?? 'none'",
          "({...{q: 1}, r: %s})",
          "Object.keys({m: %s})",
          "Object.entries({m: %s})",
          "Object.assign({n: 0}, {n: %s})");

  private final RandomGenerator random;

  Programs(RandomGenerator random) {
    this.random = random;
  }

  private <T> T any(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  /// A whole script; what it ends with is the value of all its variables.
  String next() {
    var script = new StringBuilder();
    script.append("function f(p) { var q = ").append(expression(2, "p")).append("; return q; }\n");
    script.append("var g = function (p, q) { ").append(statement(1, "p")).append(" return p; };\n");
    for (var name : NAMES) {
      script.append(any(List.of("var ", "let "))).append(name).append(" = ");
      script.append(expression(2, "1")).append(";\n");
    }
    int count = 1 + random.nextInt(5);
    for (int i = 0; i < count; i++) {
      script.append(statement(2, any(NAMES))).append('\n');
    }
    return script.append("return [a, b, c, d, typeof a, msg, metadata];").toString();
  }

  private String statement(int depth, String name) {
    var value = expression(2, name);
    if (depth == 0) {
      return name + " = " + value + ";";
    }
    var inner = statement(depth - 1, name);
    return switch (random.nextInt(16)) {
      case 0, 1 -> "if (" + value + ") { " + inner + " } else { " + name + " = " + value + "; }";
      case 2 -> "for (let i = 0; i < 3; i++) { if (i == 1) continue; " + inner + " }";
      case 3 -> "for (var k in " + value + ") { " + name + " += k; }";
      case 4 -> "for (const v of [" + value + ", 2]) { " + name + " = v; " + inner + " }";
      case 5 -> "try { " + inner + " } catch (e) { " + name + " = e.name; } finally { msg.t = 1; }";
      case 6 ->
          "switch ("
              + value
              + ") { case 1: "
              + inner
              + " case 'a': "
              + name
              + " = 5; break; "
              + "default: "
              + name
              + " = 'other'; }";
      case 7 -> name + " += " + value + ";";
      case 8 -> name + "++;";
      case 9 -> "msg.added = " + value + "; delete msg.text;";
      case 10 -> "msg['k' + 1] = " + value + ";";
      case 11 -> "{ let " + name + "2 = " + value + "; " + name + " = " + name + "2; }";
      case 12 -> "var n = 0; while (n++ < 3) { " + inner + " if (n == 2) break; }";
      case 13 -> "[" + name + "] = [" + value + "];";
      case 14 -> "(function () { " + name + " = " + value + "; })();";
      default -> name + " = " + value + ";";
    };
  }

  private String expression(int depth, String name) {
    if (depth == 0) {
      return random.nextInt(3) == 0 ? name : any(LITERALS);
    }
    var left = expression(depth - 1, name);
    var right = expression(depth - 1, name);
    return switch (random.nextInt(10)) {
      case 0, 1 -> "((" + left + ") " + any(BINARY) + " (" + right + "))";
      case 2 -> any(UNARY) + "(" + left + ")";
      case 3 -> "String(" + left + ")" + any(STRING_CALLS);
      case 4 -> "[].concat(" + left + ")" + any(ARRAY_CALLS);
      case 5 -> "Number(" + left + ")" + any(NUMBER_CALLS);
      case 6, 7 -> "(" + any(FUNCTIONS).replace("%s", left) + ")";
      case 8 -> "(" + left + " ? " + right + " : " + left + ")";
      default -> "(" + left + ")";
    };
  }
}
