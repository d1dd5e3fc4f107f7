package io.millrace.engine.scripts.compiler;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One function of the script with its variables; number 0 is the script itself.
final class FunctionScope {
  private final Function function;
  private final @Nullable FunctionScope parent;
  private final int number;
  private final List<Variable> parameters = new ArrayList<>();
  private final List<Variable> hoisted = new ArrayList<>();
  private final SequencedSet<Variable> outer = new LinkedHashSet<>();
  private boolean usesReceiver;

  FunctionScope(Function function, @Nullable FunctionScope parent, int number) {
    this.function = function;
    this.parent = parent;
    this.number = number;
  }

  Function function() {
    return function;
  }

  @Nullable FunctionScope parent() {
    return parent;
  }

  int number() {
    return number;
  }

  List<Variable> parameters() {
    return parameters;
  }

  /// Variables that exist from the first line of the function on.
  List<Variable> hoisted() {
    return hoisted;
  }

  /// The function, or an arrow inside it, asks what it was called on.
  void useReceiver(Variable receiver) {
    if (!usesReceiver) {
      usesReceiver = true;
      hoisted.addFirst(receiver);
    }
  }

  boolean usesReceiver() {
    return usesReceiver;
  }

  /// Variables of the functions around it that it, or a function inside it, uses.
  SequencedSet<Variable> outer() {
    return outer;
  }

  /// Those of [#outer] that must be handed over in cells: functions that need nothing themselves
  /// are called by their number.
  List<Variable> cells(Set<FunctionScope> free) {
    return outer.stream()
        .filter(each -> each.function() == null || !free.contains(each.function()))
        .toList();
  }
}
