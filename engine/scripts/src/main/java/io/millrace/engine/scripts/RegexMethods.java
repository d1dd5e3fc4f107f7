package io.millrace.engine.scripts;

import static io.millrace.engine.scripts.Undefined.UNDEFINED;

import io.millrace.base.json.JsonNull;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/// Methods of strings that take a string or a regular expression.
final class RegexMethods {
  private static final int PARTS_MAX = Integer.MAX_VALUE;

  private RegexMethods() {}

  static @Nullable Object call(String text, String name, Object[] arguments, Run run) {
    var first = arguments.length > 0 ? arguments[0] : UNDEFINED;
    return switch (name) {
      case "split" -> split(text, first, limit(arguments), run);
      case "replace" -> replace(text, first, argument(arguments), false, run);
      case "replaceAll" -> replace(text, first, argument(arguments), true, run);
      case "match" -> matches(text, first, run);
      case "search" -> search(text, first, run);
      default -> null;
    };
  }

  private static Object argument(Object[] arguments) {
    return arguments.length > 1 ? arguments[1] : UNDEFINED;
  }

  private static int limit(Object[] arguments) {
    var limit = argument(arguments);
    return limit == UNDEFINED
        ? PARTS_MAX
        : (int) Math.min(PARTS_MAX, Conversions.int32(Conversions.number(limit)) & 0xFFFF_FFFFL);
  }

  private static ScriptArray split(String text, Object by, int limit, Run run) {
    var parts = ScriptArray.make(true, run);
    if (limit == 0) {
      return parts;
    }
    if (by == UNDEFINED) {
      parts.add(text, run);
    } else if (by instanceof ScriptRegex regex) {
      splitByRegex(text, regex, parts, limit, run);
    } else {
      splitByText(text, Conversions.text(by, run), parts, limit, run);
    }
    return parts;
  }

  private static void splitByText(String text, String by, ScriptArray parts, int limit, Run run) {
    int from = 0;
    while (parts.size() < limit) {
      run.step();
      int at = by.isEmpty() ? from + 1 : text.indexOf(by, from);
      boolean isLast = at < 0 || (by.isEmpty() && at >= text.length());
      if (by.isEmpty() && text.isEmpty()) {
        return;
      }
      parts.add(StringMethods.made(text.substring(from, isLast ? text.length() : at), run), run);
      if (isLast) {
        return;
      }
      from = at + by.length();
    }
  }

  private static void splitByRegex(
      String text, ScriptRegex by, ScriptArray parts, int limit, Run run) {
    var matcher = by.matcher(text, run);
    if (text.isEmpty()) {
      if (!matcher.matches()) {
        parts.add(text, run);
      }
      return;
    }
    int from = 0;
    int search = 0;
    while (parts.size() < limit && search < text.length() && matcher.find(search)) {
      run.step();
      if (matcher.start() >= text.length()) {
        break;
      }
      if (matcher.end() == from) {
        search++;
        continue;
      }
      if (matcher.end() == matcher.start() && matcher.start() == from) {
        search++;
        continue;
      }
      parts.add(text.substring(from, matcher.start()), run);
      for (int i = 1; i <= matcher.groupCount() && parts.size() < limit; i++) {
        parts.add(group(matcher, i), run);
      }
      from = matcher.end();
      search = Math.max(from, search + (matcher.end() == matcher.start() ? 1 : 0));
      if (matcher.end() == matcher.start()) {
        search = from + 1;
      }
    }
    if (parts.size() < limit) {
      parts.add(text.substring(from), run);
    }
  }

  private static Object group(Matcher matcher, int i) {
    var group = matcher.group(i);
    return group == null ? UNDEFINED : group;
  }

  /// What `exec` and `match` return: the match and its groups, with its place.
  static ScriptArray match(Matcher matcher, String text, Run run) {
    var match = ScriptArray.make(true, run);
    match.add(matcher.group(), run);
    for (int i = 1; i <= matcher.groupCount(); i++) {
      match.add(group(matcher, i), run);
    }
    match.member("index", (double) matcher.start(), run);
    match.member("input", text, run);
    match.member("groups", UNDEFINED, run);
    return match;
  }

  private static Object matches(String text, Object by, Run run) {
    var regex = by instanceof ScriptRegex given ? given : ScriptRegex.of(by, new Object[0], run);
    if (!regex.isGlobal()) {
      return regex.exec(text, run);
    }
    regex.rewind();
    var matcher = regex.matcher(text, run);
    var all = ScriptArray.make(true, run);
    while (matcher.find()) {
      all.add(matcher.group(), run);
    }
    return all.size() == 0 ? JsonNull.NULL : all;
  }

  private static Object search(String text, Object by, Run run) {
    var regex = by instanceof ScriptRegex given ? given : ScriptRegex.of(by, new Object[0], run);
    var matcher = regex.matcher(text, run);
    return matcher.find() ? (double) matcher.start() : -1.0;
  }

  private static String replace(String text, Object by, Object with, boolean all, Run run) {
    if (by instanceof ScriptRegex regex) {
      if (all && !regex.isGlobal()) {
        throw Errors.type("replaceAll needs a regular expression with the flag g");
      }
      return replaceMatches(text, regex, with, run);
    }
    return replaceText(text, Conversions.text(by, run), with, all, run);
  }

  private static String replaceMatches(String text, ScriptRegex regex, Object with, Run run) {
    var matcher = regex.matcher(text, run);
    var out = new StringBuilder();
    int from = 0;
    while (matcher.find()) {
      var groups = new ArrayList<Object>();
      for (int i = 1; i <= matcher.groupCount(); i++) {
        groups.add(group(matcher, i));
      }
      out.append(text, from, matcher.start());
      append(out, new Found(text, matcher.start(), matcher.group(), groups), with, run);
      from = matcher.end();
      if (!regex.isGlobal()) {
        break;
      }
    }
    regex.rewind();
    return StringMethods.made(out.append(text, from, text.length()).toString(), run);
  }

  private static String replaceText(String text, String by, Object with, boolean all, Run run) {
    var out = new StringBuilder();
    int from = 0;
    int at = text.indexOf(by);
    while (at >= 0) {
      out.append(text, from, at);
      append(out, new Found(text, at, by, List.of()), with, run);
      from = at + by.length();
      int next = by.isEmpty() ? at + 1 : from;
      at = all && next <= text.length() ? text.indexOf(by, next) : -1;
    }
    return StringMethods.made(out.append(text, from, text.length()).toString(), run);
  }

  private record Found(String text, int at, String match, List<Object> groups) {}

  private static void append(StringBuilder out, Found found, Object with, Run run) {
    run.step();
    int before = out.length();
    if (with instanceof Callable each) {
      var arguments = new ArrayList<Object>();
      arguments.add(found.match());
      arguments.addAll(found.groups());
      arguments.add((double) found.at());
      arguments.add(found.text());
      out.append(Conversions.text(each.call(arguments.toArray(), run), run));
    } else {
      expand(out, found, Conversions.text(with, run), run);
    }
    run.allocate(2L * (out.length() - before));
  }

  /// ECMAScript GetSubstitution: `$&`, `$1`, `$$` and the like.
  private static void expand(StringBuilder out, Found found, String with, Run run) {
    for (int i = 0; i < with.length(); i++) {
      char c = with.charAt(i);
      char next = i + 1 < with.length() ? with.charAt(i + 1) : '\0';
      run.allocate(2);
      if (c != '$') {
        out.append(c);
      } else if (next == '$') {
        out.append('$');
        i++;
      } else if (next == '&') {
        run.allocate(2L * found.match().length());
        out.append(found.match());
        i++;
      } else if (next == '`') {
        run.allocate(2L * found.at());
        out.append(found.text(), 0, found.at());
        i++;
      } else if (next == '\'') {
        run.allocate(2L * found.text().length());
        out.append(found.text().substring(found.at() + found.match().length()));
        i++;
      } else {
        i += groupReference(out, found, with, i, run);
      }
    }
  }

  /// Appends what `$1` or `$12` stands for; returns the number of digits it took.
  private static int groupReference(
      StringBuilder out, Found found, String with, int dollar, Run run) {
    for (int digits = 2; digits > 0; digits--) {
      int end = dollar + 1 + digits;
      if (end <= with.length() && with.substring(dollar + 1, end).matches("[0-9]+")) {
        int number = Integer.parseInt(with.substring(dollar + 1, end));
        if (number > 0 && number <= found.groups().size()) {
          var group = found.groups().get(number - 1);
          out.append(group == UNDEFINED ? "" : Conversions.text(group, run));
          return digits;
        }
      }
    }
    out.append('$');
    return 0;
  }
}
