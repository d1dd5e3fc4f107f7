package io.millrace.engine.rules;

import java.util.List;
import java.util.stream.Collectors;

/// A chain that cannot be taken; the message lists every problem, one a line.
public final class RuleChainException extends RuntimeException {
  private static final long serialVersionUID = 1;
  private final transient List<ChainProblem> problems;

  public RuleChainException(List<ChainProblem> problems) {
    super(problems.stream().map(ChainProblem::toString).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  public List<ChainProblem> problems() {
    return problems;
  }
}
