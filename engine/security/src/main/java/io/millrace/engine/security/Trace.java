package io.millrace.engine.security;

import io.millrace.store.realtime.TreePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Which rules were asked for one decision, and what each said.
///
/// @param isAllowed the decision
/// @param steps in the order asked
public record Trace(boolean isAllowed, List<Step> steps) {

  /// One rule's answer.
  ///
  /// @param path the place whose rule it is
  /// @param kind `.read`, `.write` or `.validate`
  /// @param rule its text
  /// @param line where it stands in the rules, from 1
  /// @param failure the run-time error that made it false
  public record Step(
      TreePath path,
      String kind,
      String rule,
      int line,
      boolean isTrue,
      Optional<String> failure) {}

  /// What a rule said.
  record Verdict(boolean isTrue, Optional<RulesException> failure) {}

  /// Hears of each rule that is asked.
  @FunctionalInterface
  interface Recorder {
    Recorder NONE = (_, _, _) -> {};

    void asked(TreePath path, Rule rule, Verdict verdict);
  }

  /// Collects steps, up to a bound.
  static final class Steps implements Recorder {
    private static final int SIZE_MAX = 10_000;
    private final List<Step> steps = new ArrayList<>();

    @Override
    public void asked(TreePath path, Rule rule, Verdict verdict) {
      if (steps.size() < SIZE_MAX) {
        steps.add(
            new Step(
                path,
                rule.kind().key,
                rule.text().text(),
                rule.text().line(0),
                verdict.isTrue(),
                verdict.failure().map(RulesException::getMessage)));
      }
    }

    Trace trace(boolean isAllowed) {
      return new Trace(isAllowed, List.copyOf(steps));
    }
  }
}
