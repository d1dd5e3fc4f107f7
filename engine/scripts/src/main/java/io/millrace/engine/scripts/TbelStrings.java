package io.millrace.engine.scripts;

import io.millrace.base.json.JsonNull;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/// Methods of TBEL's texts, which are those of Java's `String`.
final class TbelStrings {
  static final Set<String> NAMES =
      Set.of(
          "length",
          "charAt",
          "codePointAt",
          "indexOf",
          "lastIndexOf",
          "contains",
          "startsWith",
          "endsWith",
          "isEmpty",
          "isBlank",
          "substring",
          "toUpperCase",
          "toLowerCase",
          "trim",
          "strip",
          "replace",
          "replaceAll",
          "replaceFirst",
          "matches",
          "equals",
          "equalsIgnoreCase",
          "compareTo",
          "compareToIgnoreCase",
          "concat",
          "split",
          "repeat",
          "toString",
          "hashCode",
          "toCharArray",
          "getBytes",
          "format");

  private TbelStrings() {}

  static @Nullable Object call(String text, String name, Object[] arguments, Run run) {
    return switch (arguments.length) {
      case 0 -> bare(text, name, run);
      case 1 -> withOne(text, name, arguments[0], run);
      case 2 -> withTwo(text, name, arguments[0], arguments[1], run);
      default -> null;
    };
  }

  private static @Nullable Object bare(String text, String name, Run run) {
    return switch (name) {
      case "length" -> text.length();
      case "isEmpty" -> text.isEmpty();
      case "isBlank" -> text.isBlank();
      case "toUpperCase" -> StringMethods.made(text.toUpperCase(Locale.ROOT), run);
      case "toLowerCase" -> StringMethods.made(text.toLowerCase(Locale.ROOT), run);
      case "trim" -> StringMethods.made(text.trim(), run);
      case "strip" -> StringMethods.made(text.strip(), run);
      case "toString" -> text;
      case "hashCode" -> text.hashCode();
      case "toCharArray" -> list(text.split(""), run);
      case "getBytes" -> TbelBytes.list(text.getBytes(StandardCharsets.UTF_8), run);
      default -> null;
    };
  }

  private static @Nullable Object withOne(String text, String name, Object value, Run run) {
    return switch (name) {
      case "charAt" -> {
        int at = TbelMembers.index(text.length(), value);
        yield text.substring(at, at + 1);
      }
      case "codePointAt" -> text.codePointAt(TbelMembers.index(text.length(), value));
      case "indexOf" -> text.indexOf(TbelText.of(value, run));
      case "lastIndexOf" -> text.lastIndexOf(TbelText.of(value, run));
      case "contains" -> text.contains(TbelText.of(value, run));
      case "startsWith" -> text.startsWith(TbelText.of(value, run));
      case "endsWith" -> text.endsWith(TbelText.of(value, run));
      case "substring" -> substring(text, value, text.length(), run);
      case "matches" -> matches(text, TbelText.of(value, run), run);
      case "equals" -> text.equals(value);
      case "equalsIgnoreCase" -> text.equalsIgnoreCase(TbelText.of(value, run));
      case "compareTo" -> text.compareTo(TbelText.of(value, run));
      case "compareToIgnoreCase" -> text.compareToIgnoreCase(TbelText.of(value, run));
      case "concat" -> JavaScriptOps.concat(text, TbelText.of(value, run), run);
      case "split" -> split(text, TbelText.of(value, run), 0, run);
      case "repeat" -> repeat(text, TbelNumbers.integer(value), run);
      default -> null;
    };
  }

  private static @Nullable Object withTwo(
      String text, String name, Object first, Object second, Run run) {
    return switch (name) {
      case "indexOf" -> text.indexOf(TbelText.of(first, run), TbelNumbers.integer(second));
      case "lastIndexOf" -> text.lastIndexOf(TbelText.of(first, run), TbelNumbers.integer(second));
      case "startsWith" -> text.startsWith(TbelText.of(first, run), TbelNumbers.integer(second));
      case "substring" -> substring(text, first, TbelNumbers.integer(second), run);
      case "replace" -> replace(text, TbelText.of(first, run), TbelText.of(second, run), run);
      case "replaceAll" -> replaceAll(text, first, second, true, run);
      case "replaceFirst" -> replaceAll(text, first, second, false, run);
      case "split" -> split(text, TbelText.of(first, run), TbelNumbers.integer(second), run);
      default -> null;
    };
  }

  private static String substring(String text, Object from, int until, Run run) {
    int start = TbelNumbers.integer(from);
    if (start < 0 || until > text.length() || start > until) {
      throw Errors.range(
          "From " + start + " to " + until + " is outside of the length " + text.length());
    }
    return StringMethods.made(text.substring(start, until), run);
  }

  private static String repeat(String text, int times, Run run) {
    if (times < 0) {
      throw Errors.range("A text cannot be repeated " + times + " times");
    }
    run.allocate(2L * text.length() * times);
    return text.repeat(times);
  }

  private static String replace(String text, String what, String with, Run run) {
    run.work(text.length());
    long hits = what.isEmpty() ? text.length() + 1L : text.length() / what.length();
    run.allocate(2L * (text.length() + hits * with.length()));
    return text.replace(what, with);
  }

  private static Matcher matcher(String text, String pattern, Run run) {
    run.allocate(16L * pattern.length());
    try {
      return Pattern.compile(pattern).matcher(new MeteredText(text, 0, text.length(), run));
    } catch (PatternSyntaxException e) {
      throw Errors.syntax("Not a regular expression: " + pattern);
    }
  }

  static boolean matches(String text, String pattern, Run run) {
    return matcher(text, pattern, run).matches();
  }

  private static String replaceAll(String text, Object pattern, Object with, boolean all, Run run) {
    var matcher = matcher(text, TbelText.of(pattern, run), run);
    var replacement = TbelText.of(with, run);
    var out = new StringBuilder();
    try {
      while (matcher.find()) {
        run.allocate(2L * (replacement.length() + matcher.end() - matcher.start()));
        matcher.appendReplacement(out, replacement);
        if (!all) {
          break;
        }
      }
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw Errors.syntax("Not a replacement: " + replacement);
    }
    return StringMethods.made(matcher.appendTail(out).toString(), run);
  }

  /// As Java splits: by a regular expression, without empty texts at the end.
  private static ScriptArray split(String text, String pattern, int limit, Run run) {
    run.allocate(16L * pattern.length());
    try {
      var parts =
          Pattern.compile(pattern).split(new MeteredText(text, 0, text.length(), run), limit);
      return list(parts, run);
    } catch (PatternSyntaxException e) {
      throw Errors.syntax("Not a regular expression: " + pattern);
    }
  }

  private static ScriptArray list(String[] parts, Run run) {
    run.allocate(32L * parts.length);
    var items = new Object[parts.length];
    System.arraycopy(parts, 0, items, 0, parts.length);
    return new ScriptArray(items, false, run);
  }

  /// `String.join(separator, list)`
  static Object join(Object[] arguments, Run run) {
    return TbelOps.argument(arguments, 1) instanceof ScriptArray list
        ? TbelLists.join(list, TbelText.of(arguments[0], run), run)
        : JsonNull.NULL;
  }
}
