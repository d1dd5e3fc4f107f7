package io.millrace.engine.security;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The rules of one place, and those below it.
///
/// @param indexOn child paths, or `.value`
/// @param wildcard the rules of all children that have none of their own
/// @param validates whether there is a `.validate` here or anywhere below
record RuleSpot(
    Optional<Rule> read,
    Optional<Rule> write,
    Optional<Rule> validate,
    Set<String> indexOn,
    Map<String, RuleSpot> children,
    Optional<Wildcard> wildcard,
    boolean validates) {

  record Wildcard(String name, RuleSpot spot) {}

  static final RuleSpot NOTHING =
      new RuleSpot(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Set.of(),
          Map.of(),
          Optional.empty(),
          false);

  /// A step down together with what is known there.
  record Place(RuleSpot spot, Scope scope) {
    Place child(String key) {
      var named = spot.children.get(key);
      if (named != null) {
        return new Place(named, scope.child(key));
      }
      return spot.wildcard
          .map(wild -> new Place(wild.spot, scope.child(key).with(wild.name, key)))
          .orElseGet(() -> new Place(NOTHING, scope.child(key)));
    }

    boolean decide(
        Optional<Rule> rule,
        io.millrace.store.realtime.TreePath path,
        StepBudget budget,
        Trace.Recorder recorder) {
      if (rule.isEmpty()) {
        return false;
      }
      var verdict = rule.get().decide(scope, budget);
      recorder.asked(path, rule.get(), verdict);
      return verdict.isTrue();
    }
  }

  /// The rules that hold for a child with that key.
  RuleSpot below(String key) {
    var named = children.get(key);
    return named != null ? named : wildcard.map(Wildcard::spot).orElse(NOTHING);
  }

  List<String> childNames() {
    return List.copyOf(children.keySet());
  }
}
