package io.millrace.engine.rules.nodes;

import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.engine.rules.NodeContext;
import io.millrace.engine.rules.NodeStates;
import io.millrace.engine.rules.RuleMessage;

/// Sees to it that a node that starts itself has one train of timers: whenever it is started
/// anew, by a restart or a change of its chain, timers of before mean nothing any more.
final class SelfStart {
  private static final String RUN = "run";
  private final NodeStates states;

  SelfStart(NodeStates states) {
    this.states = states;
  }

  /// The message with which to set the first timer of a new train.
  RuleMessage begin(RuleMessage started, NodeContext context) {
    var run = new JsonString(context.newId().toString());
    states.save(context.commit(), started.originator(), context.nodeId(), run);
    return started.withType("TIMER").withMetadata(JsonObject.of(RUN, run));
  }

  boolean isCurrent(RuleMessage timer, NodeContext context) {
    var run = timer.metadata().get(RUN);
    return run != null
        && states.find(timer.originator(), context.nodeId()).filter(run::equals).isPresent();
  }
}
