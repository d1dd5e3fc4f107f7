package io.millrace.engine.scripts;

import static io.millrace.engine.scripts.Undefined.UNDEFINED;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Methods of JavaScript's strings; those that take a regular expression are in [RegexMethods].
final class StringMethods {
  static final Set<String> NAMES =
      Set.of(
          "charAt",
          "charCodeAt",
          "codePointAt",
          "at",
          "indexOf",
          "lastIndexOf",
          "includes",
          "startsWith",
          "endsWith",
          "slice",
          "substring",
          "substr",
          "toUpperCase",
          "toLowerCase",
          "trim",
          "trimStart",
          "trimEnd",
          "padStart",
          "padEnd",
          "repeat",
          "concat",
          "split",
          "replace",
          "replaceAll",
          "match",
          "search",
          "toString",
          "valueOf");

  private StringMethods() {}

  static @Nullable Object call(String text, String name, Object[] arguments, Run run) {
    var first = arguments.length > 0 ? arguments[0] : UNDEFINED;
    run.step();
    return switch (name) {
      case "charAt", "charCodeAt", "codePointAt", "at" ->
          oneAt(text, name, Conversions.integer(first, 0));
      case "indexOf" -> (double) indexOf(text, Conversions.text(first, run), arguments, run);
      case "lastIndexOf" ->
          (double) lastIndexOf(text, Conversions.text(first, run), arguments, run);
      case "includes" -> indexOf(text, plain(first, run), arguments, run) >= 0;
      case "startsWith" ->
          text.startsWith(plain(first, run), place(arguments, 1, 0, text.length()));
      case "endsWith" ->
          text.substring(0, place(arguments, 1, text.length(), text.length()))
              .endsWith(plain(first, run));
      case "slice" -> slice(text, arguments, run);
      case "substring" -> substring(text, arguments, run);
      case "substr" -> substr(text, arguments, run);
      case "toUpperCase" -> made(text.toUpperCase(Locale.ROOT), run);
      case "toLowerCase" -> made(text.toLowerCase(Locale.ROOT), run);
      case "trim" -> made(Texts.trim(text), run);
      case "trimStart" -> made(Texts.trimStart(text), run);
      case "trimEnd" -> made(Texts.trimEnd(text), run);
      case "padStart" -> padding(text, arguments, run) + text;
      case "padEnd" -> text + padding(text, arguments, run);
      case "repeat" -> repeat(text, first, run);
      case "concat" -> concat(text, arguments, run);
      case "toString", "valueOf" -> text;
      default -> RegexMethods.call(text, name, arguments, run);
    };
  }

  private static Object oneAt(String text, String name, int place) {
    int at = name.equals("at") && place < 0 ? text.length() + place : place;
    if (at < 0 || at >= text.length()) {
      return switch (name) {
        case "charAt" -> "";
        case "charCodeAt" -> Double.NaN;
        default -> UNDEFINED;
      };
    }
    return switch (name) {
      case "charCodeAt" -> (double) text.charAt(at);
      case "codePointAt" -> (double) text.codePointAt(at);
      default -> String.valueOf(text.charAt(at));
    };
  }

  private static Object argument(Object[] arguments, int i) {
    return i < arguments.length ? arguments[i] : UNDEFINED;
  }

  private static int place(Object[] arguments, int i, int missing, int length) {
    return Math.clamp(Conversions.integer(argument(arguments, i), missing), 0, length);
  }

  /// These methods refuse a regular expression.
  private static String plain(Object value, Run run) {
    if (value instanceof ScriptRegex) {
      throw Errors.type("A string is needed, not a regular expression");
    }
    return Conversions.text(value, run);
  }

  private static int indexOf(String text, String wanted, Object[] arguments, Run run) {
    run.work((long) text.length() / 8 + 1);
    return text.indexOf(wanted, place(arguments, 1, 0, text.length()));
  }

  private static int lastIndexOf(String text, String wanted, Object[] arguments, Run run) {
    run.work((long) text.length() / 8 + 1);
    double from = Conversions.number(argument(arguments, 1));
    return text.lastIndexOf(wanted, Double.isNaN(from) ? text.length() : Math.max(0, (int) from));
  }

  static String made(String text, Run run) {
    run.allocate(2L * text.length());
    return text;
  }

  private static String slice(String text, Object[] arguments, Run run) {
    int from = ArrayMethods.place(argument(arguments, 0), 0, text.length());
    int until = ArrayMethods.place(argument(arguments, 1), text.length(), text.length());
    return made(from < until ? text.substring(from, until) : "", run);
  }

  private static String substring(String text, Object[] arguments, Run run) {
    int one = place(arguments, 0, 0, text.length());
    int other = place(arguments, 1, text.length(), text.length());
    return made(text.substring(Math.min(one, other), Math.max(one, other)), run);
  }

  private static String substr(String text, Object[] arguments, Run run) {
    int from = ArrayMethods.place(argument(arguments, 0), 0, text.length());
    int most = text.length() - from;
    int count = Math.clamp(Conversions.integer(argument(arguments, 1), most), 0, most);
    return made(text.substring(from, from + count), run);
  }

  private static String padding(String text, Object[] arguments, Run run) {
    int missing = Conversions.integer(argument(arguments, 0), 0) - text.length();
    var by = argument(arguments, 1) == UNDEFINED ? " " : Conversions.text(arguments[1], run);
    if (missing <= 0 || by.isEmpty()) {
      return "";
    }
    run.allocate(4L * missing);
    return by.repeat(missing / by.length() + 1).substring(0, missing);
  }

  private static String repeat(String text, Object times, Run run) {
    double wanted = Conversions.number(times);
    if (wanted < 0 || Double.isInfinite(wanted)) {
      throw Errors.range("Invalid count value: " + NumberText.of(wanted));
    }
    run.allocate((long) Math.min(1e15, 2.0 * text.length() * Math.floor(wanted)));
    return text.isEmpty() ? "" : text.repeat((int) wanted);
  }

  private static String concat(String text, Object[] arguments, Run run) {
    var all = text;
    for (var each : arguments) {
      all = JavaScriptOps.concat(all, Conversions.text(each, run), run);
    }
    return all;
  }

  /// The code points, each a string: what a loop over a string goes through.
  static ScriptArray points(String text, Run run) {
    run.allocate(64L * text.length());
    run.work(text.length());
    return new ScriptArray(text.codePoints().mapToObj(Character::toString).toArray(), true, run);
  }

  static String ofCodes(Object[] codes, Run run) {
    run.allocate(2L * codes.length);
    var out = new StringBuilder(codes.length);
    for (var code : codes) {
      out.append((char) Conversions.int32(Conversions.number(code)));
    }
    return out.toString();
  }
}
