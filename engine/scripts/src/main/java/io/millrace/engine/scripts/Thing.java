package io.millrace.engine.scripts;

import org.jspecify.annotations.Nullable;

/// A value with members: everything but strings, numbers, booleans, null and undefined.
interface Thing {
  /// The member, or null when there is none.
  @Nullable Object member(String name);

  /// Sets a member, or does nothing where JavaScript silently does nothing.
  void member(String name, Object value, Run run);

  /// Calls a method that is not one of its own members; null when there is no such method.
  @Nullable Object method(String name, Object[] arguments, Run run);

  /// What JavaScript calls its class, as in `Array`.
  String className();
}
