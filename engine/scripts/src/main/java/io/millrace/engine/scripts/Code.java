package io.millrace.engine.scripts;

import org.jspecify.annotations.Nullable;

/// A compiled script; each one is a hidden class that the compiler wrote. Has no state.
abstract class Code {

  /// Runs the script with its first three arguments.
  abstract Object main(Run run, Object first, Object second, Object third);

  /// Runs one of its functions; number 0 is the script itself.
  abstract Object call(Run run, int function, Cell @Nullable [] cells, Object[] arguments);
}
