package io.millrace.engine.security;

import io.millrace.engine.security.Trace.Verdict;
import java.util.Optional;
import java.util.Set;

/// One checked `.read`, `.write` or `.validate`.
record Rule(Kind kind, SourceText text, Expression expression) {
  enum Kind {
    READ(".read"),
    WRITE(".write"),
    VALIDATE(".validate");

    final String key;

    Kind(String key) {
      this.key = key;
    }
  }

  /// @throws RulesException when it is wrong
  static Rule of(Kind kind, SourceText text, Set<String> wildcards) {
    var expression = ExpressionParser.parse(text);
    new TypeCheck(text, kind != Kind.READ, wildcards).checkRule(expression);
    return new Rule(kind, text, expression);
  }

  static Rule constant(Kind kind, SourceText text, boolean value) {
    return new Rule(kind, text, new Expression.Constant(0, RuleValue.of(value)));
  }

  /// A run-time error makes the whole rule false.
  Verdict decide(Scope scope, StepBudget budget) {
    try {
      return new Verdict(new Evaluator(scope, budget).isTrue(expression), Optional.empty());
    } catch (RuleFailure e) {
      return new Verdict(false, Optional.of(text.wrong(e.at(), String.valueOf(e.getMessage()))));
    }
  }
}
