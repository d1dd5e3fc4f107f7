package io.millrace.engine.rules.nodes;

import io.millrace.base.json.JsonArray;
import io.millrace.engine.rules.Emission;
import io.millrace.engine.rules.NodeContext;
import io.millrace.engine.rules.NodeType;
import io.millrace.engine.rules.Outcome;
import io.millrace.engine.rules.RuleMessage;
import io.millrace.engine.rules.RuleNode;
import java.util.ArrayList;

/// Makes one message of each element of a list.
final class SplitArrayNode implements RuleNode {
  static final NodeType<NoSettings> TYPE =
      NodeType.transformation("split array msg", NoSettings.class, _ -> new SplitArrayNode())
          .summary("One message per element of the body.")
          .alias("org.thingsboard.rule.engine.transform.TbSplitArrayMsgNode");

  @Override
  public Outcome on(RuleMessage message, NodeContext context) {
    if (!(message.body() instanceof JsonArray array)) {
      return Outcome.failed(message, "The body %s is not a list.".formatted(message.body()));
    }
    var emissions = new ArrayList<Emission>();
    for (var element : array.values()) {
      var id = emissions.isEmpty() ? message.id() : context.newId();
      emissions.add(new Emission(Outcome.SUCCESS, message.withId(id).withBody(element)));
    }
    return Outcome.next(emissions);
  }
}
