package io.millrace.engine.scripts.compiler;

import io.millrace.engine.scripts.compiler.Expression.Name;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What every name of a script means, as [Resolver] found out.
final class Names {
  /// What a method is called on, as a name.
  static final String THIS = "this";

  private final Map<Name, Variable> meaning = new HashMap<>();
  private final IdentityHashMap<Object, List<Variable>> blocks = new IdentityHashMap<>();
  private final Map<Function, FunctionScope> scopes = new HashMap<>();
  private final List<FunctionScope> functions = new ArrayList<>();
  private Set<FunctionScope> free = Set.of();

  void mean(Name name, Variable variable) {
    meaning.put(name, variable);
  }

  /// The variable, or null when it is none of the script's.
  @Nullable Variable variable(Name name) {
    return meaning.get(name);
  }

  void open(Object block, List<Variable> variables) {
    blocks.put(block, variables);
  }

  /// `let` and `const` of a block, a loop, a switch or a catch.
  List<Variable> of(Object block) {
    return blocks.getOrDefault(block, List.of());
  }

  void add(FunctionScope scope) {
    scopes.put(scope.function(), scope);
    functions.add(scope);
  }

  FunctionScope scope(Function function) {
    var scope = scopes.get(function);
    if (scope == null) {
      throw new IllegalStateException("Function at " + function.at() + " was not resolved");
    }
    return scope;
  }

  List<FunctionScope> functions() {
    return functions;
  }

  List<Variable> cells(FunctionScope scope) {
    return scope.cells(free);
  }

  boolean isFree(FunctionScope scope) {
    return free.contains(scope);
  }

  /// Finds the functions that use nothing from around them but other such functions, and marks
  /// the variables that the remaining ones capture.
  void settle() {
    var candidates = new HashSet<>(functions);
    while (candidates.removeIf(each -> !each.cells(candidates).isEmpty())) {
      // until none falls out any more
    }
    free = candidates;
    functions.forEach(each -> cells(each).forEach(Variable::capture));
  }
}
