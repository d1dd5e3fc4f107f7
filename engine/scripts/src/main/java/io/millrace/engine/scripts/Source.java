package io.millrace.engine.scripts;

import io.millrace.engine.scripts.ScriptException.Kind;
import io.millrace.engine.scripts.compiler.SourceException;
import java.util.List;

/// The text of a script, for messages that name a place in it.
///
/// @param offsets source offsets by the line numbers of the generated code, which count from 1
record Source(String text, List<Integer> offsets) {

  /// What the caller of a script gets to see of whatever went wrong in it.
  ScriptException failure(Throwable cause) {
    return switch (cause) {
      case ScriptException known -> known;
      case Thrown thrown -> failure(Kind.ERROR, describe(thrown.value()), thrown.place());
      case Stopped stopped ->
          failure(stopped.kind(), String.valueOf(stopped.getMessage()), stopped.place());
      case StackOverflowError _ -> failure(Kind.DEPTH, "The script needs too deep a stack", 0);
      default -> failure(Kind.ERROR, "The script engine failed: " + cause, 0);
    };
  }

  private static String describe(Object thrown) {
    return thrown instanceof ScriptError error
        ? error.summary()
        : "The script threw " + Comparison.text(thrown);
  }

  private ScriptException failure(Kind kind, String message, int place) {
    if (place < 1 || place > offsets.size()) {
      return new ScriptException(kind, message, 0, 0);
    }
    int at = offsets.get(place - 1);
    return new ScriptException(kind, message, line(at), column(at));
  }

  ScriptSyntaxException refusal(SourceException cause) {
    int at = Math.min(cause.at(), text.length());
    return new ScriptSyntaxException(
        String.valueOf(cause.getMessage()), cause.construct(), line(at), column(at));
  }

  private int line(int at) {
    return 1 + (int) text.substring(0, at).chars().filter(each -> each == '\n').count();
  }

  private int column(int at) {
    return at - text.lastIndexOf('\n', at - 1);
  }
}
