package io.millrace.engine.rules;

/// One node of a rule chain: takes a message, returns what becomes of it.
///
/// One instance serves every partition thread at once, so it keeps no state of its own: settings
/// and compiled scripts in final fields, everything else in the stores through the context's
/// commit. It never blocks; what needs the network is an [Outcome.Call]. An exception from either
/// method counts as [Outcome.Failed] with its message.
public interface RuleNode {
  Outcome on(RuleMessage message, NodeContext context);

  /// Continues after the call that this node returned; `message` is the one it returned with it.
  default Outcome onAnswer(RuleMessage message, Answer answer, NodeContext context) {
    return answer.delivered()
        ? Outcome.success(message)
        : Outcome.failed(message, answer.result().text("error", "The call was not answered."));
  }

  /// Continues at a time that this node set with [NodeContext#wakeLater].
  default Outcome onTimer(RuleMessage message, NodeContext context) {
    return Outcome.DONE;
  }

  /// Whether the node works without being sent anything. Such a node gets one [#onTimer] with a
  /// message of type [RuleEngine#NODE_STARTED], originated by the tenant, whenever its chain is
  /// taken into service.
  default boolean startsItself() {
    return false;
  }
}
