package io.millrace.engine.rules;

/// Stands where a node cannot work here: every message fails, with the reason.
final class InoperableNode implements RuleNode {
  private final String reason;

  InoperableNode(String reason) {
    this.reason = reason;
  }

  @Override
  public Outcome on(RuleMessage message, NodeContext context) {
    return Outcome.failed(message, reason);
  }
}
