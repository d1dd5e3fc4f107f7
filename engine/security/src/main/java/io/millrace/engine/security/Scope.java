package io.millrace.engine.security;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// What the names in a rule stand for while it is evaluated.
///
/// @param newData only for rules about writing
record Scope(
    Snapshot root,
    Snapshot data,
    Optional<Snapshot> newData,
    RuleValue auth,
    double now,
    QueryFacts query,
    Map<String, String> wildcards) {

  /// One step down the tree.
  Scope child(String key) {
    return new Scope(
        root, data.child(key), newData.map(n -> n.child(key)), auth, now, query, wildcards);
  }

  Scope with(String wildcard, String key) {
    var more = new HashMap<>(wildcards);
    more.put(wildcard, key);
    return new Scope(root, data, newData, auth, now, query, more);
  }
}
