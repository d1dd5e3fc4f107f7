package io.millrace.engine.scripts;

import static io.millrace.engine.scripts.Undefined.UNDEFINED;

import io.millrace.engine.scripts.compiler.SourceException;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/// A regular expression. Its matcher reads the text through [MeteredText], so that it can be
/// stopped.
final class ScriptRegex implements Thing {
  private static final int SIZE_BYTES = 32;

  private final RegexProgram program;
  private double lastIndex;

  ScriptRegex(RegexProgram program, Run run) {
    run.allocate(SIZE_BYTES);
    this.program = program;
  }

  static ScriptRegex of(Object pattern, Object[] arguments, Run run) {
    if (pattern instanceof ScriptRegex other && arguments.length < 2) {
      return new ScriptRegex(other.program, run);
    }
    var flags =
        arguments.length > 1 && arguments[1] != UNDEFINED
            ? Conversions.text(arguments[1], run)
            : "";
    var source = pattern == UNDEFINED ? "(?:)" : Conversions.text(pattern, run);
    run.work(source.length());
    try {
      return new ScriptRegex(RegexProgram.of(source, flags), run);
    } catch (SourceException e) {
      throw Errors.syntax(
          "Invalid regular expression: /" + source + "/" + flags + ": " + e.getMessage());
    }
  }

  boolean isGlobal() {
    return program.isGlobal();
  }

  Matcher matcher(String text, Run run) {
    return program.pattern().matcher(new MeteredText(text, 0, text.length(), run));
  }

  String text() {
    return "/" + program.source() + "/" + program.flags();
  }

  void rewind() {
    lastIndex = 0;
  }

  /// One step of `exec`: the match, or null.
  Object exec(String text, Run run) {
    var matcher = matcher(text, run);
    int from = isGlobal() ? (int) lastIndex : 0;
    if (from > text.length() || !matcher.find(from)) {
      lastIndex = 0;
      return io.millrace.base.json.JsonNull.NULL;
    }
    if (isGlobal()) {
      lastIndex = matcher.end();
    }
    return RegexMethods.match(matcher, text, run);
  }

  @Override
  public @Nullable Object member(String name) {
    return switch (name) {
      case "source" -> program.source();
      case "flags" -> program.flags();
      case "global" -> isGlobal();
      case "ignoreCase" -> program.flags().indexOf('i') >= 0;
      case "multiline" -> program.flags().indexOf('m') >= 0;
      case "lastIndex" -> lastIndex;
      default -> null;
    };
  }

  @Override
  public void member(String name, Object value, Run run) {
    if (name.equals("lastIndex")) {
      lastIndex = Math.max(0, Conversions.number(value));
    }
  }

  @Override
  public @Nullable Object method(String name, Object[] arguments, Run run) {
    var text = Conversions.text(arguments.length > 0 ? arguments[0] : UNDEFINED, run);
    return switch (name) {
      case "test" -> exec(text, run) instanceof ScriptArray;
      case "exec" -> exec(text, run);
      case "toString" -> text();
      default -> null;
    };
  }

  @Override
  public String className() {
    return "RegExp";
  }
}
