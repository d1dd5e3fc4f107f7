package io.millrace.engine.scripts;

import java.util.Set;

/// Finds out where in its script a run is, at the price of walking the stack: only when something
/// went wrong.
final class Place {
  private static final String SCRIPT = Code.class.getPackageName() + ".Script/";
  private static final StackWalker WALKER =
      StackWalker.getInstance(Set.of(StackWalker.Option.SHOW_HIDDEN_FRAMES));

  private Place() {}

  /// The line number that the compiler gave the nearest generated frame, or 0.
  static int here() {
    return WALKER.walk(
        frames ->
            frames
                .filter(each -> each.getClassName().startsWith(SCRIPT))
                .mapToInt(StackWalker.StackFrame::getLineNumber)
                .findFirst()
                .orElse(0));
  }
}
