package io.millrace.engine.scripts;

/// What a script can call.
interface Callable {
  Object call(Object[] arguments, Run run);
}
