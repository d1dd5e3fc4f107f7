package io.millrace.engine.security;

import io.millrace.base.json.Json;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonValue;
import io.millrace.store.realtime.Branch;
import io.millrace.store.realtime.Leaf;
import io.millrace.store.realtime.Node;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Short words for expressions and trees in tests.
final class Rules {
  static final long NOW = 1_700_000_000_000L;

  private Rules() {}

  static Node node(String json) {
    return node(Json.parse(json.replace('\'', '"')));
  }

  static Node node(JsonValue json) {
    if (json instanceof JsonObject object) {
      Node node = Branch.EMPTY;
      for (int i = 0; i < object.size(); i++) {
        if (!object.name(i).startsWith(".")) {
          node = node.with(object.name(i), node(object.value(i)));
        }
      }
      node = object.has(".value") ? node(object.get(".value")) : node;
      return object.has(".priority") ? node.withPriority(object.get(".priority")) : node;
    }
    return json.equals(io.millrace.base.json.JsonNull.NULL) ? Branch.EMPTY : Leaf.of(json);
  }

  static JsonValue json(String json) {
    return Json.parse(json.replace('\'', '"'));
  }

  /// `true`, `false`, `error` when it fails while it runs, `refused` when it may not be saved.
  static String outcome(String expression, String auth, String data, String newData) {
    return outcome(expression, auth, data, newData, Map.of("$key", "k"));
  }

  static String outcome(
      String expression, String auth, String data, String newData, Map<String, String> wildcards) {
    try {
      var rule =
          Rule.of(Rule.Kind.WRITE, SourceText.whole(expression), new HashMap<>(wildcards).keySet());
      var before = Snapshot.root(node(data));
      var scope =
          new Scope(
              before,
              before.child("d"),
              Optional.of(Snapshot.root(node(newData)).child("d")),
              RuleValue.of(json(auth)),
              NOW,
              QueryFacts.NONE,
              wildcards);
      var verdict = rule.decide(scope, new StepBudget());
      return verdict.failure().isPresent() ? "error" : Boolean.toString(verdict.isTrue());
    } catch (RulesException e) {
      return "refused";
    }
  }
}
